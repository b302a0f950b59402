/**
 * Text that comes from outside: titles, names, what people wrote. It may hold characters that turn the direction of what
 * follows, marks piled up until they cover their neighbours, addresses that are no web pages. None of it may change our own words.
 */

/** More marks than any script sets on one letter. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Characters that are written from right to left, or that change the direction. */
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/gu;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** The text with no letter carrying more than four marks. */
export function withoutPiles(text: string): string {
  return text.replace(PILED_MARKS, '$1');
}

/** For a sentence or an attribute of ours: whatever direction the text has ends with it. Elsewhere the element `bdi` does the same. */
export function isolated(text: string): string {
  const readable = withoutPiles(text);
  return TURNS.test(readable) ? FIRST_STRONG_ISOLATE + readable.replace(CONTROLS, '') + POP_ISOLATE : readable;
}

export interface WebAddress {
  readonly href: string;
  /** As it is looked up: letters of other scripts that resemble ours show as `xn--…`. */
  readonly host: string;
}

function parsedUrl(url: string | null): URL | null {
  try {
    return url === null ? null : new URL(url.trim());
  } catch {
    return null;
  }
}

/** null for anything but a web page: other schemes can act, and addresses without a host say nothing. */
export function webAddress(url: string | null): WebAddress | null {
  const parsed = parsedUrl(url);
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null;
  // A name before the host is there to look like one: https://weibo.com@example.org.
  parsed.username = '';
  parsed.password = '';
  return { href: parsed.href, host: parsed.host };
}
