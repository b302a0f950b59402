import { describe, expect, it } from 'vitest';
import { clockText, coarseAge } from '../../../client/format/duration.ts';

describe('a running clock', () => {
  it.each([
    [576_000, '09:36'],
    [5_465_000, '1:31:05'],
    [90_000_000, '25:00:00'],
    [1, '00:01'],
    [0, '00:00'],
  ])('%d ms left is %s', (ms, expected) => {
    expect(clockText(ms)).toBe(expected);
  });

  it('[T2] reads 00:00 only when nothing is left, and counts up only whole seconds past', () => {
    expect(clockText(400)).toBe('00:01');
    expect(clockText(-400)).toBe('00:00');
    expect(clockText(-61_999)).toBe('01:01');
  });
});

describe('an age', () => {
  it.each([
    [-5, 'seconds', 0],
    [59_999, 'seconds', 59],
    [60_000, 'minutes', 1],
    [3_599_999, 'minutes', 59],
    [7_200_000, 'hours', 2],
    [172_800_000, 'days', 2],
  ])('%d ms is in %s: %d', (ms, unit, count) => {
    expect(coarseAge(ms)).toEqual({ unit, count });
  });
});
