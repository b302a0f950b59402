import { describe, expect, it } from 'vitest';
import { silencesOf, usualAt } from '../../../server/domain/silences.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The calendar of UTC; 2026-10-05 is a Monday. */
const bucket = (ms: number): number => Math.floor(ms / HOUR);
const monday = Date.UTC(2026, 9, 5);

/** A shop that sells every minute from 9 to 22 h and nothing at night. */
const shop = (weeks: number): number[] =>
  Array.from({ length: weeks * 7 }, (_, day) =>
    Array.from({ length: 13 * 60 + 1 }, (__, minute) => monday + day * DAY + 9 * HOUR + minute * 60_000),
  ).flat();

describe('[S3] [LI4] the silences a stream is used to', () => {
  it('at night are as long as nights are, and at noon a minute', () => {
    const learnt = silencesOf(shop(4), bucket);
    const at = (day: number, hour: number) => usualAt(learnt, bucket(monday + 28 * DAY + day * DAY + hour * HOUR));
    expect([at(1, 3), at(1, 12), at(1, 8), at(1, 23)]).toEqual([11 * HOUR, 60_000, 11 * HOUR, 11 * HOUR]);
  });

  it('are known once an hour was seen in three weeks', () => {
    const noon = bucket(monday + 36 * HOUR);
    expect(usualAt(silencesOf(shop(2), bucket), noon)).toBeNull();
    expect(usualAt(silencesOf(shop(3), bucket), noon)).toBe(60_000);
    expect(usualAt([], noon)).toBeNull();
  });

  it('leave out what is longer than a week, and events of one instant', () => {
    expect(silencesOf([monday, monday, monday + 8 * DAY], bucket)).toEqual([]);
  });

  it('are the 99th percentile: one long gap among hundreds changes nothing', () => {
    const odd = shop(4).filter((at) => at < monday + 13 * HOUR || at > monday + 13.5 * HOUR);
    expect(usualAt(silencesOf(odd, bucket), bucket(monday + 28 * DAY + 13 * HOUR))).toBe(60_000);
  });
});
