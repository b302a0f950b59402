/**
 * Members of the outermost object of a JSON text, found in its bytes without parsing it. For texts that could
 * not be read, or that are not worth parsing twice; never used to judge an event.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Index behind the colon of a member directly inside the outermost object, or −1. `name` is ASCII. Looks at `limit` bytes. */
export function memberValueAt(bytes: Uint8Array, name: string, limit = bytes.length): number {
  const n = Math.min(bytes.length, limit);
  let depth = 0;
  let inArray = false;
  let i = 0;
  while (i < n) {
    const byte = bytes[i++];
    if (byte === QUOTE) {
      const start = i;
      while (i < n && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
      const end = i++;
      if (depth === 1 && !inArray && end - start === name.length && matches(bytes, start, name)) {
        const colon = skipSpace(bytes, i, n);
        if (bytes[colon] === COLON) return colon + 1;
      }
    } else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      if (depth === 1) inArray = byte === 0x5b;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return -1;
}

export function hasMember(bytes: Uint8Array, name: string): boolean {
  return memberValueAt(bytes, name) !== -1;
}

/** The bytes of a member's value with its quotes, when that is a string that ends within `limit`. */
export function stringMember(bytes: Uint8Array, name: string, limit: number): Uint8Array | undefined {
  const n = Math.min(bytes.length, limit);
  const from = memberValueAt(bytes, name, limit);
  const start = from === -1 ? n : skipSpace(bytes, from, n);
  if (bytes[start] !== QUOTE || start >= n) return undefined;
  let i = start + 1;
  while (i < n && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i < n ? bytes.subarray(start, i + 1) : undefined;
}

function matches(bytes: Uint8Array, from: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name.charCodeAt(i)) return false;
  return true;
}

function skipSpace(bytes: Uint8Array, from: number, n: number): number {
  let i = from;
  while (i < n && (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09)) i++;
  return i;
}
