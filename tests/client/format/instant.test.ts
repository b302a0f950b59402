import { describe, expect, it } from 'vitest';
import { dateLabel, dayLabel, dayOf, daysAgo, hourFraction, hourMinute, timeOfDay } from '../../../client/format/instant.ts';

const at = Date.parse('2026-11-23T14:35:20+08:00');

describe('instants by the business clock', () => {
  it('follow the zone they are given, whatever the machine’s', () => {
    expect(timeOfDay(at, 'Asia/Shanghai')).toBe('14:35:20');
    expect(timeOfDay(at, 'America/New_York')).toBe('01:35:20');
    expect(hourMinute(at, 'Asia/Kolkata')).toBe('12:05');
  });
  it('say midnight as 00, not 24', () => {
    expect(timeOfDay(Date.parse('2026-11-23T00:00:01+08:00'), 'Asia/Shanghai')).toBe('00:00:01');
  });
  it('say dates as people of the language do', () => {
    expect(dateLabel(at, 'Asia/Shanghai', 'zh-CN')).toBe('11月23日 周一');
    expect(dateLabel(at, 'Asia/Shanghai', 'en')).toBe('Mon, Nov 23');
    expect(dayLabel('2026-12-01', 'zh-CN')).toBe('12月1日');
    expect(dayLabel('2026-12-01', 'en')).toBe('Dec 1');
  });
  it('count days by the calendar, not by 24 hours', () => {
    const late = Date.parse('2026-11-22T23:59:00+08:00');
    const early = Date.parse('2026-11-23T00:01:00+08:00');
    expect(daysAgo(late, early, 'Asia/Shanghai')).toBe(1);
    expect(daysAgo(early, at, 'Asia/Shanghai')).toBe(0);
    expect(dayOf(late, 'UTC')).toBe('2026-11-22');
  });
  it('know how much of a business hour has passed, in half-hour zones too', () => {
    expect(hourFraction(at, 'Asia/Shanghai')).toBeCloseTo((35 * 60 + 20) / 3600);
    expect(hourFraction(at, 'Asia/Kolkata')).toBeCloseTo((5 * 60 + 20) / 3600);
  });
});
