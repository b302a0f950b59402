import { describe, expect, it } from 'vitest';
import { isStuck } from '../../../client/screen/use-watchdog.ts';

const watch = { paintedAt: 1_000, now: 31_000, hidden: false, sinceReload: null };

describe('the watchdog of a page', () => {
  it('reloads a visible page that painted nothing for 30 s, and not again within 15 min', () => {
    expect(isStuck(watch)).toBe(true);
    expect(isStuck({ ...watch, now: 30_999 })).toBe(false);
    expect(isStuck({ ...watch, hidden: true })).toBe(false);
    expect(isStuck({ ...watch, sinceReload: 60_000 })).toBe(false);
    expect(isStuck({ ...watch, sinceReload: 15 * 60_000 })).toBe(true);
  });
});
