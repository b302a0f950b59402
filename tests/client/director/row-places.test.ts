import { describe, expect, it } from 'vitest';
import { createRowPlaces } from '../../../client/director/row-places.ts';

const keys = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `k${i}`);
const heights = (of: Record<string, number>): ReadonlyMap<string, number> => new Map(Object.entries(of));

describe('the places of rows whose heights differ', () => {
  it('are guessed before a row was drawn', () => {
    const places = createRowPlaces(50);
    places.list(keys(10), 'narrow');
    expect([places.top(0), places.top(3), places.top(10)]).toEqual([0, 150, 500]);
    expect([-5, 0, 49, 50, 499, 5_000].map(places.at)).toEqual([0, 0, 0, 1, 9, 9]);
  });

  it('follow what was measured, and rows that were not count as the first that were', () => {
    const places = createRowPlaces(50);
    places.list(keys(4), 'narrow');
    expect(places.measured(heights({ k0: 40, k1: 80 }))).toBe(true);
    expect([0, 1, 2, 3, 4].map(places.top)).toEqual([0, 40, 120, 180, 240]);
    expect(places.measured(heights({ k2: 100 }))).toBe(true);
    expect([3, 4].map(places.top)).toEqual([220, 280]);
    expect(places.measured(heights({ k2: 100 }))).toBe(false);
    expect([39, 40, 119, 120, 220].map(places.at)).toEqual([0, 1, 1, 2, 3]);
  });

  it('go with their row to another place, and are measured anew under other columns', () => {
    const places = createRowPlaces(50);
    places.list(['a', 'b'], 'narrow');
    places.measured(heights({ a: 30, b: 70 }));
    places.list(['b', 'a'], 'narrow');
    expect(places.top(1)).toBe(70);
    places.list(['b', 'a'], 'wide');
    expect(places.top(1)).toBe(50);
  });

  it('keep what was measured where the same list comes anew', () => {
    const places = createRowPlaces(50);
    places.list(keys(3), 'narrow');
    places.measured(heights({ k0: 40, k2: 80, gone: 500 }));
    places.list(keys(3), 'narrow');
    expect([1, 2, 3].map(places.top)).toEqual([40, 40 + 620 / 3, 40 + 620 / 3 + 80]);
    places.measured(heights({ k1: 60 }));
    expect([1, 2, 3].map(places.top)).toEqual([40, 100, 180]);
  });

  it('are none of an empty list', () => {
    const places = createRowPlaces(50);
    places.list([], 'narrow');
    expect([places.top(0), places.at(100)]).toEqual([0, 0]);
  });
});
