/**
 * Handles text from outside: titles, names, mentions. It may contain characters that change the direction of the text after
 * them, marks stacked until they cover neighbouring lines, and addresses that are no web pages. None of it may change our own words.
 */

/** The most combining marks kept on a letter; no script uses more. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Characters that are written from right to left, or that change the direction of text. */
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/gu;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** The text with at most four marks on each letter. */
export function withoutPiles(text: string): string {
  return text.replace(PILED_MARKS, '$1');
}

/**
 * The text for use within a sentence or an attribute of ours: its direction does not affect what follows. In elements,
 * `bdi` does the same.
 */
export function isolated(text: string): string {
  const readable = withoutPiles(text);
  return TURNS.test(readable) ? FIRST_STRONG_ISOLATE + readable.replace(CONTROLS, '') + POP_ISOLATE : readable;
}

/**
 * Pictures: what is drawn as a picture by itself, or asked for as one. Older signs such as ★ and ™ are letters of the text face.
 */
const PICTURES =
  /(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u{1f000}-\u{1faff}])(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic}|[\u{e0020}-\u{e007f}])*|\ufe0f?\u20e3/gu;

/** The text without emoji: walls ship no face for them, and where the machine has none either they would be empty boxes. */
export function withoutPictures(text: string): string {
  return text.replace(PICTURES, ' ').replace(/\s+/gu, ' ').trim();
}

export interface WebAddress {
  readonly href: string;
  /** The host in the form in which it is looked up, so that letters of other scripts that resemble Latin ones appear as `xn--…`. */
  readonly host: string;
}

function parsedUrl(url: string | null): URL | null {
  try {
    return url === null ? null : new URL(url.trim());
  } catch {
    return null;
  }
}

/** The address of a web page and its host; null for anything else, because other schemes can run code. */
export function webAddress(url: string | null): WebAddress | null {
  const parsed = parsedUrl(url);
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null;
  // An address with a user name can pretend to be another host: https://weibo.com@example.org.
  parsed.username = '';
  parsed.password = '';
  return { href: parsed.href, host: parsed.host };
}
