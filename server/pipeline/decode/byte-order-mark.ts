/** A UTF-8 byte order mark at the beginning, which several tools write before a file or a message, says nothing and is left out. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
