/**
 * Beginnings of text that comes from outside. A cut falls between what people see as characters (Unicode's grapheme
 * clusters), never inside a flag, a family emoji or a skin tone, and never leaves half a surrogate pair.
 */

/** The rules are the same in every language; naming one keeps the server's own locale out of it. */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Longest honest clusters: families and flags of regions have up to a dozen code points. Beyond it, marks are piled up to draw over their neighbours. */
const MOST_IN_ONE = 16;
/** Text looked at for one cluster that is kept; bounds the work for a text of a single endless cluster. */
const MOST_UNITS_EACH = 64;

/**
 * Most text of most people: printable ASCII, Chinese, and its punctuation. Each code unit of it is one character whatever
 * stands before it, so that it is cut without looking for clusters, at a fiftieth of the cost.
 */
const PLAIN = '\\u0021-\\u007e\\u3001-\\u3029\\u3400-\\u4dbf\\u4e00-\\u9fff\\uff01-\\uff5e';
const plainText = new RegExp(`^[\\n \\u3000${PLAIN}]*$`, 'u');
/** Without white space to be made one, left out or trimmed. */
const plainLine = new RegExp(`^[${PLAIN}]+(?: [${PLAIN}]+)*$`, 'u');

/** Anything but controls, marks of direction, zero-width characters, white space and the blank Braille cell. */
const SEEN = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;
/**
 * Left out of a line: embeddings, overrides and isolates of writing direction, since an excerpt may cut off what ends them, and
 * zero-width spaces, which would be counted as characters. Joiners and variation selectors stay: they make one emoji of several.
 */
const LEFT_OUT = /[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\u00ad\u180e]/gu;

/** True when nobody can see anything of the text. Names of every event are asked, and nearly all begin with a plain character. */
export function isInvisible(text: string): boolean {
  return !beginsPlain(text.charCodeAt(0)) && !SEEN.test(text);
}

/** A printable ASCII character or a common Chinese one. */
const beginsPlain = (unit: number): boolean => (unit > 0x20 && unit < 0x7f) || (unit >= 0x4e00 && unit <= 0x9fff);

/** At most `most` characters as people count them, “…” for the rest included. */
export function excerpt(text: string, most: number): string {
  const head = text.slice(0, most + 1);
  if (plainText.test(head)) return cutPlain(text, most);
  const from = text.length > most * MOST_UNITS_EACH ? text.slice(0, most * MOST_UNITS_EACH).toWellFormed() : text;
  const kept: string[] = [];
  let cut = from !== text;
  for (const { segment } of graphemes.segment(from)) {
    if (kept.length === most) {
      cut = true;
      break;
    }
    kept.push(segment.length > MOST_IN_ONE ? Array.from(segment).slice(0, MOST_IN_ONE).join('') : segment);
  }
  if (!cut) return kept.join('');
  return `${kept.slice(0, most - 1).join('')}…`;
}

/** Of a text whose first `most` + 1 code units are plain: what follows them joins none that is kept. */
const cutPlain = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** An excerpt on one line: white space of any kind is one space, what turns directions or takes no room is left out. */
export function excerptLine(text: string, most: number): string {
  const head = text.slice(0, most + 1);
  if (plainLine.test(head)) return cutPlain(text, most);
  const line = text.replace(LEFT_OUT, '').replace(/[\p{White_Space}\p{Cc}]+/gu, ' ');
  return excerpt(line.trim(), most);
}
