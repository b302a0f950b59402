import { describe, expect, it } from 'vitest';
import { closingBook, type HandClosing } from '../../../../server/domain/closing/closing-book.ts';
import { lateHours } from '../../../../server/domain/targets/readings-book.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { parsePeriod } from '../../../../server/domain/time/period.ts';
import type { Grain } from '../../../../shared/kpi/types.ts';

const period = (grain: Grain, name: string) => {
  const found = parsePeriod(grain, name);
  if (!found) throw new Error(name);
  return found;
};
const byHand = (grain: 'day' | 'month', name: string, at: string): HandClosing => ({
  ...{ grain, period: name, at: Date.parse(at), owner: '林悦', reason: '核对完毕' },
});

function book(more: { zone?: string; since?: string; hand?: HandClosing[]; late?: (day: number) => number } = {}) {
  const calendar = createCalendar(more.zone ?? 'Asia/Shanghai');
  const workspaceSince = Date.parse(more.since ?? '2026-01-01T00:00:00+08:00');
  const closings = closingBook({ calendar, workspaceSince, byHand: more.hand ?? [], lateHours: more.late ?? (() => 48) });
  const closes = (grain: Grain, name: string) => {
    const closing = closings.closingOf(period(grain, name));
    return closing && new Date(closing.at).toISOString();
  };
  return { closings, closes, calendar };
}

describe('[KP9] [I7] a business day', () => {
  it.each([
    ['2026-11-28T15:59:59.999Z', 'live'],
    ['2026-11-28T16:00:00Z', 'settling'],
    ['2026-11-30T15:59:59.999Z', 'settling'],
    ['2026-11-30T16:00:00Z', 'closed'],
  ])('at %s is %s', (when, want) => {
    expect(book().closings.stateOf(period('day', '2026-11-28'), Date.parse(when))).toBe(want);
  });

  it('of 23 or 25 hours closes 48 hours after its end, on the clock that shows no change', () => {
    const { closes } = book({ zone: 'America/New_York' });
    expect(closes('day', '2026-03-08')).toBe('2026-03-11T04:00:00.000Z');
    expect(closes('day', '2026-11-01')).toBe('2026-11-04T05:00:00.000Z');
    // The change falls into the two days after the end: 48 hours are 48 hours.
    expect(closes('day', '2026-03-07')).toBe('2026-03-10T05:00:00.000Z');
  });

  it('takes facts for as long as the readings known at its end say, and no later word moves that', () => {
    const calendar = createCalendar('Asia/Shanghai');
    const version = (number: number, hours: number, from: string, setAt = from) => ({
      ...{ version: number, value: { lateHours: hours } },
      ...{ effectiveFrom: Date.parse(from), setAt: Date.parse(setAt) },
    });
    const history = [version(1, 72, '2026-11-10T09:00:00+08:00'), version(2, 1, '2026-11-10T09:00:00+08:00', '2026-11-20T09:00:00+08:00')];
    const { closes } = book({ late: lateHours(history, calendar) });
    expect(closes('day', '2026-11-09')).toBe('2026-11-11T16:00:00.000Z');
    expect(closes('day', '2026-11-10')).toBe('2026-11-13T16:00:00.000Z');
    expect(closes('day', '2026-11-20')).toBe('2026-11-20T17:00:00.000Z');
  });
});

describe('[KP9] a month', () => {
  const november = period('month', '2026-11');
  it('closes by itself when the 5th of the following month begins', () => {
    const { closings, closes } = book();
    expect(closes('month', '2026-11')).toBe('2026-12-04T16:00:00.000Z');
    const states = ['2026-11-30T15:00:00Z', '2026-12-01T00:00:00Z', '2026-12-04T15:59:59Z', '2026-12-04T16:00:00Z'];
    expect(states.map((at) => closings.stateOf(november, Date.parse(at)))).toEqual(['live', 'settling', 'settling', 'closed']);
  });

  it('is closed from the moment a person closed it', () => {
    const { closings } = book({ hand: [byHand('month', '2026-11', '2026-12-03T10:00:00+08:00')] });
    expect(closings.stateOf(november, Date.parse('2026-12-03T09:59:59+08:00'))).toBe('settling');
    expect(closings.closedAt(november, Date.parse('2026-12-03T10:00:00+08:00'))).toBe(Date.parse('2026-12-03T10:00:00+08:00'));
    // Its days keep the closings of their own.
    expect(closings.closingOf(period('day', '2026-11-10'))).toEqual({ at: Date.parse('2026-11-13T00:00:00+08:00'), byHand: null });
  });

  it('waits for its last day where the late window is longer than the days up to the 5th', () => {
    expect(book({ late: () => 240 }).closes('month', '2026-11')).toBe('2026-12-10T16:00:00.000Z');
  });
});

describe('[KP9] longer periods', () => {
  it('close with the last of what they hold', () => {
    const { closes } = book({ hand: [byHand('month', '2026-12', '2027-01-03T12:00:00+08:00')] });
    expect(closes('week', '2026-W48')).toBe('2026-12-01T16:00:00.000Z');
    expect(closes('quarter', '2026-Q3')).toBe('2026-10-04T16:00:00.000Z');
    expect(closes('quarter', '2026-Q4')).toBe('2027-01-03T04:00:00.000Z');
    expect(closes('year', '2026')).toBe('2027-01-03T04:00:00.000Z');
  });

  it('settle after their end until then', () => {
    const { closings } = book();
    expect(closings.stateOf(period('quarter', '2026-Q3'), Date.parse('2026-10-03T00:00:00Z'))).toBe('settling');
    expect(closings.stateOf(period('week', '2026-W48'), Date.parse('2026-11-30T00:00:00Z'))).toBe('settling');
  });
});

describe('[KP9] [I7] history', () => {
  const since = '2026-11-15T10:00:00+08:00';
  const now = Date.parse('2026-12-20T00:00:00Z');

  it('is closed without a closing until a person closes it', () => {
    const { closings } = book({ since });
    for (const old of [period('day', '2026-11-14'), period('month', '2026-10'), period('quarter', '2026-Q3'), period('week', '2026-W40')]) {
      expect([closings.stateOf(old, now), closings.closedAt(old, now)]).toEqual(['closed', undefined]);
    }
    // The day on which the workspace was made ended after it.
    expect(closings.closedAt(period('day', '2026-11-15'), now)).toBe(Date.parse('2026-11-18T00:00:00+08:00'));
  });

  it('a day closes with the first of its own closing and that of its month', () => {
    const hand = [byHand('month', '2026-10', '2026-11-20T10:00:00+08:00'), byHand('day', '2026-10-03', '2026-11-16T10:00:00+08:00')];
    const { closes } = book({ since, hand });
    expect(closes('day', '2026-10-03')).toBe('2026-11-16T02:00:00.000Z');
    expect(closes('day', '2026-10-04')).toBe('2026-11-20T02:00:00.000Z');
    expect(closes('month', '2026-10')).toBe('2026-11-20T02:00:00.000Z');
    expect(closes('quarter', '2026-Q3')).toBeUndefined();
  });

  it('beside it, days and months that are none decide when a longer period closes', () => {
    const { closes } = book({ since });
    expect(closes('week', '2026-W46')).toBe('2026-11-17T16:00:00.000Z');
    expect(closes('month', '2026-11')).toBe('2026-12-04T16:00:00.000Z');
    expect(closes('quarter', '2026-Q4')).toBe('2027-01-04T16:00:00.000Z');
  });

  it('tells the first closed day from a day on', () => {
    const { closings, calendar } = book({ since, hand: [byHand('day', '2026-11-02', '2026-11-20T10:00:00+08:00')] });
    const first = (day: string) => closings.firstClosedDay(calendar.parseDay(day) ?? NaN, now);
    expect(first('2026-10-01')).toBe(calendar.parseDay('2026-11-02'));
    expect(first('2026-11-03')).toBe(calendar.parseDay('2026-11-15'));
    expect(first('2026-12-10')).toBe(calendar.parseDay('2026-12-10'));
    expect(first('2026-12-19')).toBeUndefined();
  });
});
