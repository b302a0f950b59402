/**
 * Cuts a batch into the bytes of its items without parsing them.
 *
 * A parser would have to be trusted with the whole megabyte, would lose the raw bytes
 * quarantine keeps, and one bad item would spoil its neighbours. This scanner knows
 * strings and brackets only; the strict decoder judges each slice. Iterative, so that
 * 100,000 brackets cost memory by the byte and no stack.
 */
import { withoutMark } from '../../pipeline/decode/byte-order-mark.ts';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const isSpace = (byte: number | undefined) => byte === SPACE || byte === LF || byte === CR || byte === TAB;

export type SplitBody = { readonly items: readonly Uint8Array[] } | { readonly broken: string } | { readonly tooMany: true };

/**
 * Elements of a JSON array, as views into `bytes` without surrounding white space.
 * An element is only guaranteed to have balanced strings and brackets and no comma outside them.
 */
export function splitArray(given: Uint8Array, maxItems: number): SplitBody {
  const bytes = withoutMark(given);
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_ARRAY) return { broken: 'the batch is not a JSON array' };
  at = skipSpace(bytes, at + 1);
  const items: Uint8Array[] = [];
  if (bytes[at] === CLOSE_ARRAY) return ended(bytes, at + 1, items);
  for (;;) {
    const end = elementEnd(bytes, at);
    if (typeof end === 'string') return { broken: end };
    let last = end;
    while (last > at && isSpace(bytes[last - 1])) last--;
    if (last === at) return { broken: `an item is missing at byte ${at}` };
    if (items.length === maxItems) return { tooMany: true };
    items.push(bytes.subarray(at, last));
    if (bytes[end] === CLOSE_ARRAY) return ended(bytes, end + 1, items);
    at = skipSpace(bytes, end + 1);
  }
}

/** Lines of NDJSON; blank ones carry no item. Ends in LF or CRLF. */
export function splitLines(given: Uint8Array, maxItems: number): SplitBody {
  const bytes = withoutMark(given);
  const items: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(LF, from);
    let end = newline === -1 ? bytes.length : newline;
    const next = end + 1;
    let start = from;
    while (start < end && isSpace(bytes[start])) start++;
    while (end > start && isSpace(bytes[end - 1])) end--;
    if (end > start) {
      if (items.length === maxItems) return { tooMany: true };
      items.push(bytes.subarray(start, end));
    }
    from = next;
  }
  return { items };
}

function ended(bytes: Uint8Array, at: number, items: readonly Uint8Array[]): SplitBody {
  const rest = skipSpace(bytes, at);
  return rest === bytes.length ? { items } : { broken: `something follows the array at byte ${rest}` };
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** Index of the `,` or `]` that ends the element, or what is wrong. */
function elementEnd(bytes: Uint8Array, from: number): number | string {
  const open: number[] = [];
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = stringEnd(bytes, at);
      if (at === -1) return 'a string is not closed';
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      open.push(byte === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT);
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      if (open.length === 0) return byte === CLOSE_ARRAY ? at : `“}” without “{” at byte ${at}`;
      if (open.pop() !== byte) return `brackets do not match at byte ${at}`;
    } else if (byte === COMMA && open.length === 0) {
      return at;
    }
  }
  return 'the array is not closed';
}

/** Index of the closing quote; −1 when there is none. */
function stringEnd(bytes: Uint8Array, quote: number): number {
  for (let at = quote + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return -1;
}
