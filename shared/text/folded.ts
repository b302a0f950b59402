/**
 * Text as words are looked for in it: Unicode NFKC, so that full-width letters and compatibility forms meet, without
 * characters nobody sees, which would hide a word, and in one case. White space is one space.
 */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

export function foldedText(text: string): string {
  // Folding the case may undo the normal form, hence twice.
  return text.normalize('NFKC').replace(INVISIBLE, '').toUpperCase().toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
}
