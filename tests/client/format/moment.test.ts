import { describe, expect, it } from 'vitest';
import { atMinute, daysOn, DAY_MINUTES, minuteOfDay, momentOf } from '../../../client/format/moment.ts';
import { dayOf } from '../../../client/format/instant.ts';

const at = (text: string): number => Date.parse(text);

describe('the minute of a day on the slider', () => {
  it.each([
    // Clocks in Berlin go back at 03:00 on 25 October 2026, and forward at 02:00 on 28 March 2027.
    ['2026-10-25T00:30:00+02:00', 10 * 60, 'Europe/Berlin', '2026-10-25T10:00:00+01:00'],
    ['2026-10-25T20:00:00+01:00', 30, 'Europe/Berlin', '2026-10-25T00:30:00+02:00'],
    ['2027-03-28T00:30:00+01:00', 10 * 60, 'Europe/Berlin', '2027-03-28T10:00:00+02:00'],
    ['2027-03-28T23:30:00+02:00', 0, 'Europe/Berlin', '2027-03-28T00:00:00+01:00'],
    ['2026-11-30T23:59:00+08:00', 0, 'Asia/Shanghai', '2026-11-30T00:00:00+08:00'],
  ])('%s at minute %i in %s is %s', (from, minute, timeZone, there) => {
    expect(new Date(atMinute(at(from), minute, timeZone)).toISOString()).toBe(new Date(at(there)).toISOString());
  });

  it('stays in its day from every minute to every minute, also where the day has 23 or 25 hours', () => {
    for (const day of ['2026-10-25', '2027-03-28', '2026-11-30']) {
      for (const from of ['T00:00:00Z', 'T11:00:00Z', 'T20:30:00Z']) {
        for (let minute = 0; minute < DAY_MINUTES; minute += 7) {
          const there = atMinute(at(day + from), minute, 'Europe/Berlin');
          expect(dayOf(there, 'Europe/Berlin'), `${day}${from} ${minute}`).toBe(day);
          // Only what the clock leaves out is told as another minute.
          if (day !== '2027-03-28' || minute < 120 || minute >= 180) expect(minuteOfDay(there, 'Europe/Berlin')).toBe(minute);
        }
      }
    }
  });

  it('is the same a day before and a day after, across a change of the clocks', () => {
    const evening = at('2026-10-24T18:15:00+02:00');
    const next = daysOn(evening, 1, 'Europe/Berlin');
    expect(next - evening).toBe(25 * 3_600_000);
    expect(minuteOfDay(next, 'Europe/Berlin')).toBe(18 * 60 + 15);
    expect(daysOn(next, -1, 'Europe/Berlin')).toBe(evening);
  });
});

describe('the moment of an address', () => {
  it('is read with a + that arrives as a space, and is nothing where it cannot be read', () => {
    expect(momentOf('2026-11-23T14:35:00 08:00')).toBe(at('2026-11-23T14:35:00+08:00'));
    for (const text of [null, '', 'nonsense', '2026-11-23', '2026-13-40T10:00:00Z']) expect(momentOf(text)).toBeNull();
  });
});
