/** [TX2] Lengths count Unicode code points; ids and names are compared in NFC. */
import { describe, expect, it } from 'vitest';
import { typed } from '../../../shared/text/bounded-text.ts';
import { characterCount, hasLength } from '../../../shared/text/character-count.ts';
import { toNfc } from '../../../shared/text/nfc.ts';

describe('[TX2] a length', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['山澜', 2],
    ['𠮷野家', 3],
    ['👍🏽', 2],
    ['e\u0301', 2],
  ])('of %j is %i', (text, count) => expect(characterCount(text)).toBe(count));

  it('agrees with the count at every edge', () => {
    for (const unit of ['x', '𠮷']) {
      for (let n = 0; n < 9; n++)
        for (let shortest = 0; shortest < 4; shortest++)
          for (let longest = shortest; longest < 6; longest++)
            expect([unit, n, shortest, longest, hasLength(unit.repeat(n), shortest, longest)]).toEqual([
              unit,
              n,
              shortest,
              longest,
              n >= shortest && n <= longest,
            ]);
    }
  });
});

describe('what a person typed', () => {
  it.each(['\u200b', '\u2060\u2060', '\u2800', '\u00ad', ' \u3164 '])('is refused where nobody can see it: %j', (text) =>
    expect(typed(80).safeParse(text).success).toBe(false),
  );
  it.each(['林悦', 'مريم', '👩‍👩‍👧‍👦', ' x '])('is taken: %j', (text) => expect(typed(80).parse(text)).toBe(text.trim()));
  it('has one fault where it is empty', () => expect(typed(80).safeParse(' ').error?.issues).toHaveLength(1));
});

describe('[TX3] NFC', () => {
  it.each(['天猫', 'café', 'cafe\u0301', '\u1112\u1161\u11ab', 'ガ', 'か\u3099', '\uf900', 'x\u0323\u0307', '👍🏽', '', '\u2126'])(
    'of %j is what Unicode says',
    (text) => expect(toNfc(text)).toBe(text.normalize('NFC')),
  );
});
