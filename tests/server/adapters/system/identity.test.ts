import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../server/adapters/system/clock.ts';
import { randomId } from '../../../../server/adapters/system/identity.ts';

describe('the system', () => {
  it('never gives an id twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, randomId)).size).toBe(1_000);
  });

  it('has a monotonic clock that does not go back', () => {
    let last = systemClock.monotonic();
    for (let i = 0; i < 1_000; i++) {
      const now = systemClock.monotonic();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });
});
