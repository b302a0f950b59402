import { describe, expect, it } from 'vitest';
import { alarming, timesText } from '../../../../client/panels/heat/alarming.ts';

const row = (keyword: string, mentions: number, negative: number, usual: number | null) => ({ keyword, mentions, negative, usual });

describe('[TK2] the keyword that is marked', () => {
  it('is nearly all negative and new, or three times as loud as usual; of several the one that grew most', () => {
    expect(alarming([row('拉花', 67, 3, 20), row('X5', 141, 101, 20), row('漏水', 96, 91, 4), row('退货', 58, 57, 15)])).toBe('漏水');
    expect(alarming([row('漏水', 96, 91, 4), row('新词', 12, 12, 0)])).toBe('新词');
  });
  it('is none where all is as usual, where there are few, and where nothing is known of the week', () => {
    expect(alarming([row('漏水', 96, 91, 60)])).toBeNull();
    expect(alarming([row('漏水', 9, 9, 0)])).toBeNull();
    expect(alarming([row('漏水', 96, 91, null)])).toBeNull();
    expect(alarming([])).toBeNull();
  });
});

it.each([
  [3.1, '×3.1'],
  [0.86, '×0.9'],
  [9.96, '×10'],
  [24, '×24'],
  [120, '×99+'],
])('a factor of %d is written %s', (factor, text) => {
  expect(timesText(factor)).toBe(text);
});
