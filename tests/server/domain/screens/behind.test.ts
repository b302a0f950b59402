import { describe, expect, it } from 'vitest';
import { behindMs } from '../../../../server/domain/screens/behind.ts';

const at = (time: number, overview: number, more: Record<string, number> = {}, epoch = 'e') => ({
  at: time,
  positions: Object.fromEntries(Object.entries({ overview, ...more }).map(([view, revision]) => [view, { epoch, revision }])),
});
const shown = (revision: number, epoch = 'e') => ({ overview: { epoch, revision } });

describe('how far a screen is behind', () => {
  const samples = [at(1_000, 5), at(2_000, 6), at(3_000, 8), at(4_000, 8)];

  it('[SC1] counts from when the server first had something newer, not from the last change', () => {
    expect(behindMs(shown(8), samples, 4_500)).toBe(0);
    expect(behindMs(shown(9), samples, 4_500)).toBe(0);
    expect(behindMs(shown(6), samples, 4_500)).toBe(1_500);
    expect(behindMs(shown(5), samples, 4_500)).toBe(2_500);
    expect(behindMs(shown(1), samples, 4_500)).toBe(3_500);
  });

  it('[SC1] of several views the one that is behind for longest counts, and one that nobody knows does not', () => {
    const both = [at(1_000, 5, { funnel: 1 }), at(2_000, 5, { funnel: 2 })];
    expect(behindMs({ ...shown(5), funnel: { epoch: 'e', revision: 1 } }, both, 3_000)).toBe(1_000);
    expect(behindMs({ ...shown(5), attic: { epoch: 'e', revision: 1 } }, both, 3_000)).toBe(0);
  });

  it('[SC1] what was painted by another numbering is from before the server started', () => {
    expect(behindMs(shown(99, 'old'), samples, 4_500)).toBe(3_500);
  });

  it('[SC1] is unknown before anything was painted or sampled', () => {
    expect(behindMs({}, samples, 4_500)).toBeNull();
    expect(behindMs(shown(1), [], 4_500)).toBeNull();
  });
});
