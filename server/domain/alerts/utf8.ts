/** Lengths of texts as providers count them: in bytes of UTF-8. */

export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const ELLIPSIS = '…';
const ELLIPSIS_BYTES = 3;
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text if it fits, else its beginning with “…”, never cut through a character as people see it; empty where not even “…” fits. */
export function trimUtf8(text: string, maxBytes: number): string {
  if (utf8Length(text) <= maxBytes) return text;
  if (maxBytes < ELLIPSIS_BYTES) return '';
  let bytes = ELLIPSIS_BYTES;
  let kept = '';
  for (const { segment } of characters.segment(text)) {
    bytes += utf8Length(segment);
    if (bytes > maxBytes) break;
    kept += segment;
  }
  return kept + ELLIPSIS;
}
