/**
 * The `id` of an item that could not be read, as far as its bytes show one, so that the
 * answer to a batch can still name it. Never used for anything but naming.
 */
import { MAX_ID } from '../../../shared/events/fields.ts';
import { hasLength } from '../../../shared/text/character-count.ts';

const MAX_LOOK = 65_536;
/** Bytes of one character at most, written as two escapes of six. */
const MAX_CHARACTER_BYTES = 12;

/** The top-level member `id` if it is a short string within the first 64 KB. `decodeUtf8` gives undefined for bad bytes. */
export function peekId(bytes: Uint8Array, decodeUtf8: (bytes: Uint8Array) => string | undefined): string | null {
  const n = Math.min(bytes.length, MAX_LOOK);
  let depth = 0;
  let awaited = false;
  let i = 0;
  while (i < n) {
    const byte = bytes[i++];
    if (byte === 0x22) {
      const start = i;
      while (i < n && bytes[i] !== 0x22) i += bytes[i] === 0x5c ? 2 : 1;
      const end = i++;
      if (awaited)
        return end - start <= MAX_ID * MAX_CHARACTER_BYTES && end < n ? text(bytes.subarray(start - 1, end + 1), decodeUtf8) : null;
      // "id" followed by a colon, directly inside the outermost object
      if (depth === 1 && end - start === 2 && bytes[start] === 0x69 && bytes[start + 1] === 0x64) awaited = followedByColon(bytes, i, n);
    } else if (byte === 0x7b || byte === 0x5b) {
      if (awaited) return null;
      depth++;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (awaited && byte === 0x2c) return null;
  }
  return null;
}

function followedByColon(bytes: Uint8Array, from: number, n: number): boolean {
  let i = from;
  while (i < n && (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09)) i++;
  return bytes[i] === 0x3a;
}

function text(quoted: Uint8Array, decodeUtf8: (bytes: Uint8Array) => string | undefined): string | null {
  const decoded = decodeUtf8(quoted);
  if (decoded === undefined) return null;
  try {
    const id: unknown = JSON.parse(decoded);
    return typeof id === 'string' && hasLength(id, 1, MAX_ID) ? id.toWellFormed().replaceAll('\0', '') : null;
  } catch {
    return null;
  }
}
