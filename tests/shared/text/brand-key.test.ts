/** [TX3] Brands are compared as people read them. */
import { describe, expect, it } from 'vitest';
import { brandKey, brandSet, repeatedBrand } from '../../../shared/text/brand-key.ts';

describe('[TX3] one brand in other spellings', () => {
  it.each([
    ['a trailing space', 'Lavazza', 'Lavazza '],
    ['spaces doubled, and one that does not break', 'Café Lan', 'Café \u00a0Lan'],
    ['an ideographic space', '山澜', '\u3000山澜'],
    ['a zero-width space', '山澜', '山\u200b澜'],
    ['a word joiner and a byte order mark', 'illy', '\ufeffil\u2060ly'],
    ['a mark of writing direction', 'دلتا', '\u200fدلتا\u200e'],
    ['a soft hyphen', 'Jacobs', 'Ja\u00adcobs'],
    ['a variation selector', '☕', '☕\ufe0f'],
    ['a letter with its accent apart', 'Nescafé', 'Nescafe\u0301'],
    ['full-width letters', 'DELONGHI', 'ＤｅＬｏｎｇｈｉ'],
    ['other capitals', 'Émile', 'ÉMILE'],
    ['sharp s', 'Weiß', 'WEISS'],
    ['final sigma', 'ΚΑΦΕΣ', 'καφες'],
    ['a ligature', 'ﬁka', 'FIKA'],
  ])('%s', (_what, listed, written) => {
    expect(brandKey(written)).toBe(brandKey(listed));
    expect(brandSet([listed]).has(written)).toBe(true);
  });

  it('stay apart where people read another name', () => {
    const own = brandSet(['山澜', 'illy']);
    for (const other of ['山岚', '山 澜', 'i11y', 'illys', '', '\u200b', null, undefined])
      expect([other, own.has(other)]).toEqual([other, false]);
    expect(brandSet(['\u200b']).has('\u2060')).toBe(false);
    expect(brandSet([]).has('山澜')).toBe(false);
  });

  it('are found where they repeat', () => {
    expect(repeatedBrand(['a', 'b', 'B\u200d'])).toEqual({ name: 'B\u200d', index: 2 });
    expect(repeatedBrand(['a', 'b', 'c'])).toBeUndefined();
  });
});
