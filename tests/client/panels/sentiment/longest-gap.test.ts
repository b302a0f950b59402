import { describe, expect, it } from 'vitest';
import { longestGap } from '../../../../client/panels/sentiment/pulse-line.tsx';

describe('gaps of the pulse', () => {
  it('the longest one is named, short ones are not', () => {
    expect(longestGap([1, null, null, 1, null, null, null], 2)).toEqual({ from: 4, length: 3 });
    expect(longestGap([null, 1, null], 2)).toBeNull();
    expect(longestGap([], 1)).toBeNull();
  });
});
