import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSeed } from '../../../helpers/seed.ts';
import { createCalendar, DAY_MS } from '../../../../server/domain/time/calendar.ts';

const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'UTC',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Pacific/Apia',
];
const seed = testSeed('calendar');

/** What Intl's wall clock says, field by field: nothing shared with the code under test. */
function wall(timeZone: string, ms: number): { day: number; hour: number } {
  const [month, day, year, hour] = wallFields(timeZone, ms);
  return { day: Date.UTC(year, month - 1, day) / DAY_MS, hour };
}

describe('[KP1] the business calendar', () => {
  it.each(zones)('agrees with Intl everywhere from 1970 to 2105: %s', (zone) => {
    const calendar = createCalendar(zone);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2105, 0, 1) }), (ms) => {
        const want = wall(zone, ms);
        expect([calendar.dayOf(ms), calendar.hourOf(ms), calendar.hourBucket(ms)]).toEqual([
          want.day,
          want.hour,
          want.day * 24 + want.hour,
        ]);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it.each(zones)('agrees with Intl around every change of offset, to the second: %s', (zone) => {
    const calendar = createCalendar(zone);
    const reading = (ms: number) => ms + wallOffset(zone, ms);
    let checked = 0;
    let after = wallOffset(zone, 5_800 * DAY_MS);
    for (let day = 5_800; day < 21_900; day += 1) {
      const from = day * DAY_MS;
      const before = after;
      after = wallOffset(zone, from + DAY_MS);
      if (before === after) continue;
      for (let ms = from; ms <= from + DAY_MS; ms += 60_000 * 7 + 1_000) {
        expect(calendar.hourBucket(ms)).toBe(Math.floor(reading(ms) / 3_600_000));
        checked += 1;
      }
    }
    expect(checked > 0 || ['UTC', 'Asia/Kolkata'].includes(zone)).toBe(true);
  });

  it.each(zones)('a day starts at the first instant that bears its date: %s', (zone) => {
    const calendar = createCalendar(zone);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 49_000 }), (day) => {
        const start = calendar.startOfDay(day);
        expect(calendar.dayOf(start)).toBeGreaterThanOrEqual(day);
        expect(calendar.dayOf(start - 1)).toBeLessThan(day);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('knows the summer times of China, 1986 to 1991', () => {
    const calendar = createCalendar('Asia/Shanghai');
    expect(calendar.hourOf(Date.parse('1991-07-01T00:30:00Z'))).toBe(9);
    expect(calendar.hourOf(Date.parse('1992-07-01T00:30:00Z'))).toBe(8);
    expect(calendar.formatDay(calendar.dayOf(Date.parse('1991-06-30T15:30:00Z')))).toBe('1991-07-01');
    expect(calendar.formatDay(calendar.dayOf(Date.parse('1992-06-30T15:30:00Z')))).toBe('1992-06-30');
  });

  it('gives New York a day of 23 hours and one of 25', () => {
    const calendar = createCalendar('America/New_York');
    const length = (day: string) => {
      const n = calendar.parseDay(day) as number;
      return (calendar.startOfDay(n + 1) - calendar.startOfDay(n)) / 3_600_000;
    };
    expect([length('2026-03-08'), length('2026-11-01'), length('2026-06-01')]).toEqual([23, 25, 24]);
  });

  it('changes its offset at the very instant', () => {
    const calendar = createCalendar('America/New_York');
    const change = Date.parse('2026-03-08T07:00:00Z');
    expect([calendar.hourOf(change - 1), calendar.hourOf(change)]).toEqual([1, 3]);
  });

  it('gives a date the zone skipped no length', () => {
    const calendar = createCalendar('Pacific/Apia');
    const skipped = calendar.parseDay('2011-12-30') as number;
    expect(calendar.startOfDay(skipped)).toBe(calendar.startOfDay(skipped + 1));
  });

  it('reads and writes dates, and refuses what is no date', () => {
    const calendar = createCalendar('Asia/Shanghai');
    for (const text of ['1970-01-01', '1996-02-29', '2026-12-31', '2100-01-01']) {
      expect(calendar.formatDay(calendar.parseDay(text) as number)).toBe(text);
    }
    for (const text of ['2026-02-30', '2025-02-29', '2026-13-01', '2026-1-1', '20260101', '', '2026-01-01T00:00:00Z']) {
      expect(calendar.parseDay(text)).toBeUndefined();
    }
  });

  it('refuses a zone that does not exist', () => {
    expect(() => createCalendar('Mars/Olympus')).toThrow(RangeError);
  });

  it('answers in well under a microsecond once warm', () => {
    const calendar = createCalendar('America/New_York');
    const base = Date.UTC(2026, 9, 20);
    let sum = 0;
    for (let i = 0; i < 200_000; i += 1) sum += calendar.hourBucket(base + i * 5_000);
    const n = 500_000;
    // Work, not time: others share the machine with tests.
    const before = process.threadCpuUsage();
    for (let i = 0; i < n; i += 1) sum += calendar.hourBucket(base + i * 5_000);
    const { user, system } = process.threadCpuUsage(before);
    const nanoseconds = ((user + system) * 1e3) / n;
    process.stdout.write(`hourBucket: ${nanoseconds.toFixed(0)} ns (${sum % 10})
`);
    expect(nanoseconds).toBeLessThan(500);
  });
});

const wallFormats = new Map<string, Intl.DateTimeFormat>();
/** Month, day, year, hour, minute and second of Intl's wall clock. */
function wallFields(timeZone: string, ms: number): readonly [number, number, number, number, number, number] {
  const format =
    wallFormats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  wallFormats.set(timeZone, format);
  // 3/8/2026, 02:59:59; the parts one by one take four times as long.
  const fields = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/u.exec(format.format(ms));
  if (!fields) throw new Error(`Intl writes ${format.format(ms)}`);
  const [, month, day, year, hour, minute, second] = fields.map(Number);
  return [month ?? NaN, day ?? NaN, year ?? NaN, hour ?? NaN, minute ?? NaN, second ?? NaN];
}

/** Offset by subtracting the wall clock's fields from UTC. */
function wallOffset(timeZone: string, ms: number): number {
  const [month, day, year, hour, minute, second] = wallFields(timeZone, ms);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1_000) * 1_000;
}
