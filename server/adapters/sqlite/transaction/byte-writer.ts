/** Bytes of many values written one after another into memory that can be handed to another thread. */

export interface ByteWriter {
  readonly length: number;
  write(bytes: Uint8Array, from: number, to: number): void;
  /** Characters below U+0080 only. */
  writeAscii(text: string): void;
  /** What was written, in memory of its own; the writer begins anew. */
  take(): Uint8Array;
}

/** About what a message's rows need. */
const FIRST_BYTES = 65_536;

export function createByteWriter(): ByteWriter {
  let memory: Buffer | undefined;
  let length = 0;

  /** Room for so many bytes more. */
  function room(more: number): Buffer {
    const wanted = length + more;
    if (memory && wanted <= memory.length) return memory;
    // Not from Node's pool, which others share.
    const larger = Buffer.from(new ArrayBuffer(Math.max(FIRST_BYTES, wanted, 2 * (memory?.length ?? 0))));
    if (memory) larger.set(memory.subarray(0, length));
    return (memory = larger);
  }

  return {
    get length() {
      return length;
    },
    write(bytes, from, to) {
      const target = room(to - from);
      if (bytes instanceof Buffer) bytes.copy(target, length, from, to);
      else target.set(bytes.subarray(from, to), length);
      length += to - from;
    },
    writeAscii(text) {
      length += room(text.length).write(text, length, 'latin1');
    },
    take() {
      const taken = room(0).subarray(0, length);
      memory = undefined;
      length = 0;
      return taken;
    },
  };
}
