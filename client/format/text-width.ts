/**
 * Computes how wide a figure will be before it is painted. The headline must never leave its lane,
 * and measuring it in the DOM would mean painting it twice. Widths are in em of Barlow Semi
 * Condensed 600 (tabular) and Noto Sans SC, taken from the font files.
 */
const em: Readonly<Record<string, number>> = { '.': 0.242, ':': 0.242, ',': 0.232, '−': 0.465, '+': 0.465, '%': 0.802, ' ': 0.2 };
const DIGIT = 0.507;
const LATIN = 0.627;
const WIDE = 1;

export function figureWidthEm(text: string): number {
  let width = 0;
  for (const character of text) {
    const known = em[character];
    if (known !== undefined) width += known;
    else if (character >= '0' && character <= '9') width += DIGIT;
    else width += (character.codePointAt(0) ?? 0) > 0x2e7f ? WIDE : LATIN;
  }
  return width;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width of running text in Chinese characters. A family emoji counts as one, and a mark on a letter as nothing. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const first = segment.codePointAt(0) ?? 0;
    if (/^[\p{Default_Ignorable_Code_Point}\p{M}]/u.test(segment)) continue;
    width += first > 0x2e7f || /\p{Emoji_Presentation}|\ufe0f/u.test(segment) ? 1 : 0.5;
  }
  return width;
}

/** The text, cut with “…” at a whole character where it is wider than `most` Chinese characters. */
export function fittingText(text: string, most: number): string {
  if (textWidth(text) <= most) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (textWidth(kept + segment) > most - 0.5) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** The largest size up to `most` at which the figure and its unit (whose size is `unitShare` of it) fit into `room`; all in the same px. */
export function fittingSize(figure: string, unit: string, room: number, most: number, unitShare: number): number {
  const width = figureWidthEm(figure) + figureWidthEm(unit) * unitShare + (unit ? 0.05 : 0);
  return width === 0 ? most : Math.min(most, Math.floor(room / width));
}
