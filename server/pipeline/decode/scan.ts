/**
 * One look at the raw bytes before JSON.parse. What parsing would hide is only visible
 * here: nesting deep enough to overflow whoever walks the result, and members that a
 * later member of the same name overwrites. Costs about 0.3 µs for an order of two lines.
 *
 * Structure is ASCII, and no byte of a multi-byte UTF-8 character is, so bytes will do.
 */
export interface Scan {
  /** Deepest nesting of arrays and objects. */
  readonly depth: number;
  /** Members of all objects, repeated ones included. Meaningful only if the text turns out to be JSON. */
  readonly members: number;
  /** Some string holds a `\u` escape: the only way NUL and lone surrogates get past a JSON parser. */
  readonly escapes: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LOWER_U = 0x75;

export function scanJson(bytes: Uint8Array): Scan {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let escapes = false;
  const n = bytes.length;
  let i = 0;
  while (i < n) {
    const byte = bytes[i++];
    if (byte === QUOTE) {
      while (i < n) {
        const inside = bytes[i++];
        if (inside === QUOTE) break;
        if (inside === BACKSLASH && bytes[i++] === LOWER_U) escapes = true;
      }
    } else if (byte === COLON) members++;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (++depth > deepest) deepest = depth;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
  }
  return { depth: deepest, members, escapes };
}
