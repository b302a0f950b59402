import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../server/adapters/system/clock.ts';
import { randomId, sha256 } from '../../../../server/adapters/system/identity.ts';

describe('the system', () => {
  it('digests bytes as SHA-256 in hexadecimal (vector of FIPS 180-4)', () => {
    expect(sha256(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

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
