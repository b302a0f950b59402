import { expect, it } from 'vitest';
import { keptRows, sameValue } from '../../../client/state/same-value.ts';

it('two values from the wire say the same', () => {
  const value = { id: 'a', list: [1, null, { deep: 'x' }], none: null };
  expect(sameValue(value, structuredClone(value))).toBe(true);
  const others = [
    { ...value, id: 'b' },
    { ...value, more: 1 },
    { ...value, list: [1, null] },
    { id: 'a', list: [1, null, { deep: 'x' }] },
  ];
  for (const other of [...others, { ...value, list: { 0: 1, 1: null, 2: { deep: 'x' } } }, null, 'a']) {
    expect(sameValue(value, other), JSON.stringify(other)).toBe(false);
    expect(sameValue(other, value), JSON.stringify(other)).toBe(false);
  }
});

it('rows that say the same stay the objects of before, and so does a list of which no row changed', () => {
  const before = [
    { id: 'a', n: 1 },
    { id: 'b', n: 2 },
  ];
  const keyOf = ({ id }: { readonly id: string }) => id;
  expect(keptRows(before, structuredClone(before), keyOf)).toBe(before);
  const now = keptRows(
    before,
    [
      { id: 'b', n: 2 },
      { id: 'a', n: 3 },
    ],
    keyOf,
  );
  expect(now).toEqual([
    { id: 'b', n: 2 },
    { id: 'a', n: 3 },
  ]);
  expect(now[0]).toBe(before[1]);
  expect(keptRows(before, before.slice(0, 1), keyOf)).toEqual([before[0]]);
});
