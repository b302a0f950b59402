import { describe, expect, it } from 'vitest';
import { shiftAt } from '../../../client/screen/use-pixel-shift.ts';

describe('the pixel shift', () => {
  it('begins in place, moves every three minutes by at most 4 px, and comes round', () => {
    expect(shiftAt(0)).toEqual([0, 0]);
    expect(shiftAt(179_999)).toEqual([0, 0]);
    const places = Array.from({ length: 9 }, (_, i) => shiftAt(i * 180_000));
    expect(new Set(places.map(String)).size).toBe(9);
    expect(places.flat().every((px) => Math.abs(px) <= 4)).toBe(true);
    expect(shiftAt(9 * 180_000)).toEqual([0, 0]);
  });
});
