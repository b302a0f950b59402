import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duesIn, morningOf, openDuesBefore, openDuesFrom, tallyOf } from '../../../../server/domain/standup/dues.ts';
import { createCalendar, parseDay } from '../../../../server/domain/time/calendar.ts';
import type { StandupPromise } from '../../../../shared/standup/types.ts';
import { standardNodes } from '../../../helpers/nodes.ts';
import { testSeed } from '../../../helpers/seed.ts';

const calendar = createCalendar('Asia/Shanghai');
const at = (time: string): number => Date.parse(`${time}:00+08:00`);
const NOW = at('2026-11-23T09:00');
const day = (text: string): number => parseDay(text) ?? NaN;
const morning = (text: string) => morningOf(day(text), (each) => standardNodes.previousWorkday(each), calendar);

const promise = (id: string, due: string, rest: Partial<StandupPromise> = {}): StandupPromise => ({
  ...{ id, version: 1, what: '事', shortName: null, who: '林悦', department: null, dueAt: at(due), state: 'open', moves: [] },
  ...{ answeredAt: null, answeredBy: null, reason: null, enteredBy: '周屿', enteredAt: 0, ...rest },
});
const moved = (from: string, to: string) => ({ from: at(from), to: at(to), reason: '改', actor: '林悦', at: at(from) - 1 });

describe('[SU5] the morning of a day', () => {
  it.each([
    ['a Tuesday', '2026-11-24', '2026-11-23'],
    ['a Monday', '2026-11-23', '2026-11-20'],
    ['a Sunday', '2026-11-22', '2026-11-20'],
    // 2026-10-10 is a Saturday people work in place of a day of the National Day holiday.
    ['the Monday after a make-up workday', '2026-10-12', '2026-10-10'],
    ['the first workday after a holiday', '2026-10-08', '2026-09-30'],
  ])('%s looks back to the last workday', (_name, text, since) => {
    const found = morning(text);
    expect(calendar.formatDay(found.since)).toBe(since);
    expect(found.before).toEqual({ from: calendar.startOfDay(day(since)), to: calendar.startOfDay(day(text)) });
  });
});

describe('[SU4] a stretch of days', () => {
  const friday = { from: at('2026-11-20T00:00'), to: at('2026-11-23T00:00') };

  it('counts each promise once: kept, missed, moved out of it, or unanswered', () => {
    const rows = duesIn(
      [
        promise('p-1', '2026-11-20T18:00', { state: 'kept' }),
        promise('p-2', '2026-11-21T18:00', { state: 'missed', reason: '忘了' }),
        promise('p-3', '2026-11-25T18:00', { moves: [moved('2026-11-20T10:00', '2026-11-25T18:00')] }),
        // Moved within the stretch: it is where it is now, and counts once.
        promise('p-4', '2026-11-22T10:00', { state: 'kept', moves: [moved('2026-11-20T09:00', '2026-11-22T10:00')] }),
        promise('p-5', '2026-11-22T20:00'),
        promise('p-6', '2026-11-23T10:00'),
      ],
      friday,
      calendar,
      NOW,
    );
    expect(rows.map(({ id, state }) => [id, state])).toEqual([
      ['p-3', 'moved'],
      ['p-1', 'kept'],
      ['p-2', 'missed'],
      ['p-4', 'kept'],
      ['p-5', 'open'],
    ]);
    expect(rows[0]).toMatchObject({ dueAt: at('2026-11-20T10:00'), movedTo: at('2026-11-25T18:00'), reason: '改' });
    expect(tallyOf(rows)).toEqual({ due: 5, kept: 2, missed: 1, moved: 1, open: 1 });
  });

  it('[SU6] what nobody answered comes up again, and says for how many mornings', () => {
    const all = [
      promise('p-1', '2026-11-18T18:00'),
      promise('p-2', '2026-11-22T18:00'),
      promise('p-3', '2026-11-19T18:00', { state: 'kept' }),
    ];
    expect(openDuesBefore(all, friday.to, calendar, NOW).map(({ id, carried }) => [id, carried])).toEqual([
      ['p-1', 5],
      ['p-2', 1],
    ]);
    expect(openDuesFrom(all, at('2026-11-20T00:00'), calendar, NOW).map(({ id }) => id)).toEqual(['p-2']);
  });

  it('[SU4] parts make the whole, however often promises are moved', () => {
    const seed = testSeed('dues');
    const hour = fc.integer({ min: 0, max: 30 * 24 }).map((n) => at('2026-11-01T00:00') + n * 3_600_000);
    const made = fc.record({ hours: fc.array(hour, { minLength: 1, maxLength: 4 }), state: fc.constantFrom('open', 'kept', 'missed') });
    fc.assert(
      fc.property(fc.array(made, { maxLength: 20 }), (list) => {
        const all = list.map(({ hours, state }, i) => {
          const moves = hours.slice(1).map((to, k) => ({ from: hours[k] ?? 0, to, reason: 'r', actor: 'a', at: 0 }));
          return { ...promise(`p-${i}`, '2026-11-01T00:00', { state }), dueAt: hours.at(-1) ?? 0, moves };
        });
        const rows = duesIn(all, friday, calendar, NOW);
        const { due, kept, missed, moved: away, open } = tallyOf(rows);
        expect(kept + missed + away + open).toBe(due);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(due);
        const touching = all.filter(({ dueAt, moves }) =>
          [dueAt, ...moves.map(({ from }) => from)].some((t) => t >= friday.from && t < friday.to),
        );
        expect(due).toBe(touching.length);
      }),
      { seed },
    );
  });
});
