import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { nextDay, nextHour } from '../../../../server/domain/time/turn.ts';

const at = (text: string) => Date.parse(text);

describe('[S6] when the calendar turns', () => {
  it.each(['Asia/Shanghai', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Europe/London', 'Etc/UTC'])(
    'in %s no hour, day, month, quarter or year turns between two turns',
    (zone) => {
      const calendar = createCalendar(zone);
      for (const start of [
        '2026-03-07T20:11:13Z',
        '2026-04-04T03:04:05Z',
        '2026-10-24T22:00:00Z',
        '2026-10-31T23:59:59.999Z',
        '2026-12-30T00:00:00Z',
      ]) {
        for (let now = at(start), turns = 0; turns < 60; turns++) {
          const next = nextHour(calendar, now);
          expect(calendar.hourBucket(next)).not.toBe(calendar.hourBucket(now));
          for (let between = now; between < next; between += 60_000) expect(calendar.hourBucket(between)).toBe(calendar.hourBucket(now));
          expect(nextDay(calendar, now)).toBeGreaterThanOrEqual(next);
          now = next;
        }
      }
    },
  );

  it.each([
    ['Asia/Shanghai', '2026-11-30T15:59:59.999Z', '2026-11-30T16:00:00Z'],
    ['America/New_York', '2026-11-01T04:30:00Z', '2026-11-02T05:00:00Z'],
    ['America/New_York', '2026-03-08T12:00:00Z', '2026-03-09T04:00:00Z'],
  ])('the day of %s after %s begins at %s', (zone, now, next) => {
    expect(nextDay(createCalendar(zone), at(now))).toBe(at(next));
  });
});
