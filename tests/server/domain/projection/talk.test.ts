import { describe, expect, it } from 'vitest';
import { callRows, sentRow } from '../../../../server/domain/projection/calls.ts';
import { heatOf } from '../../../../server/domain/projection/heat.ts';
import { fallOf, pulseOfDay, QUARTER_MS } from '../../../../server/domain/projection/pulse.ts';
import type { CallRow } from '../../../../shared/wire/views/sentiment.ts';

const FROM = Date.parse('2026-11-22T14:30:00+08:00');

describe('[TK1] a fall of net sentiment', () => {
  /** Counts by quarters: `positive` and `negative` of each. */
  const quarters = (of: (slot: number) => readonly [number, number]) =>
    Array.from({ length: 97 }, (_, slot) => {
      const [positive, negative] = of(slot);
      return [
        { slot, brand: '山澜', polarity: 'positive', count: positive },
        { slot, brand: '山澜', polarity: 'negative', count: negative },
        { slot, brand: '铂域', polarity: 'negative', count: 500 },
      ];
    }).flat();

  it('is marked where the last hour lies 0.3 below the median of the day, and named by the quarter in which it began', () => {
    const fall = fallOf(
      quarters((slot) => (slot >= 93 ? [4, 16] : [16, 4])),
      ['山澜'],
      FROM,
    );
    // Of the hour that ends with quarter 93 one quarter is bad: 52 to 28 is 0.3, which is 0.3 below the usual 0.6.
    expect(fall).toEqual({ since: FROM + 93 * QUARTER_MS, usual: 0.6, now: -0.6 });
  });

  it('is none where the day was as bad, where it recovered, where it is small, and where too little is known', () => {
    expect(
      fallOf(
        quarters(() => [4, 16]),
        ['山澜'],
        FROM,
      ),
    ).toBeNull();
    expect(
      fallOf(
        quarters((slot) => (slot > 80 && slot < 93 ? [4, 16] : [16, 4])),
        ['山澜'],
        FROM,
      ),
    ).toBeNull();
    expect(
      fallOf(
        quarters((slot) => (slot >= 93 ? [3, 3] : [16, 4])),
        ['山澜'],
        FROM,
      ),
    ).toBeNull();
    expect(
      fallOf(
        quarters((slot) => (slot < 89 ? [0, 0] : slot >= 93 ? [4, 16] : [16, 4])),
        ['山澜'],
        FROM,
      ),
    ).toBeNull();
    expect(fallOf([], ['山澜'], FROM)).toBeNull();
  });

  it('[K17] the bars of two hours add up to the day, and the last hour is that of the overview', () => {
    const hours = Array.from({ length: 24 }, (_, slot) => ({ slot, brand: '山澜', polarity: 'positive', count: slot }));
    const { slots, lastDay, lastHour } = pulseOfDay([...hours, { slot: 23, brand: '山澜', polarity: 'negative', count: 40 }], ['山澜']);
    expect(slots).toHaveLength(12);
    expect(slots.reduce((sum, { positive }) => sum + positive, 0)).toBe(lastDay.positive);
    expect(slots.at(-1)).toEqual({ positive: 45, negative: 40 });
    expect(lastHour).toMatchObject({ positive: 23, negative: 40, value: (23 - 40) / 63 });
  });
});

describe('[TK2] keyword heat', () => {
  const count = (keyword: string, mentions: number, negative = 0, brand = '山澜') => ({ brand, keyword, mentions, negative });

  it('is held against the mean of the days before of which anything is known; the total counts all', () => {
    const now = [
      count('漏水', 96, 91),
      count('X5', 141, 101),
      count('别家', 900, 0, '铂域'),
      ...Array.from({ length: 4 }, (_, i) => count(`k${i}`, i + 1)),
    ];
    const { rows, total } = heatOf(now, [count('X5', 318), count('漏水', 14, 14)], ['山澜'], 7, 2);
    expect(total).toBe(6);
    expect(rows).toEqual([
      { keyword: 'X5', mentions: 141, negative: 101, usual: 318 / 7 },
      { keyword: '漏水', mentions: 96, negative: 91, usual: 2 },
    ]);
    expect(heatOf(now, [], ['山澜'], 0, 1).rows[0]?.usual).toBeNull();
    expect(heatOf(now, [], ['山澜'], 2, 1).rows[0]?.usual).toBe(0);
  });
});

describe('[TK3] who was called and who is next', () => {
  const sent = (at: number): CallRow => ({ at, who: '林悦', roles: [], state: 'delivered', channel: 'wecom', reachable: true, dry: false });
  const coming = (at: number, ...people: string[]) => ({
    at,
    roles: ['backup', 'lead'] as const,
    people: people.map((name, i) => ({ name, reachable: true, roles: [i === 0 ? ('backup' as const) : ('lead' as const)] })),
  });

  it('half of the lines are the last messages and half the next steps; one side takes what the other leaves', () => {
    const rows = (past: number, next: number) =>
      callRows(
        Array.from({ length: past }, (_, i) => sent(-i)),
        Array.from({ length: next }, (_, i) => coming(i + 1, '周屿')),
        false,
        4,
      ).rows.map(({ at, state }) => (state === 'planned' ? `+${at}` : `${at}`));
    expect(rows(9, 9)).toEqual(['-1', '0', '+1', '+2']);
    expect(rows(9, 1)).toEqual(['-2', '-1', '0', '+1']);
    expect(rows(1, 9)).toEqual(['0', '+1', '+2', '+3']);
    expect(rows(9, 0)).toEqual(['-3', '-2', '-1', '0']);
    expect(rows(0, 0)).toEqual([]);
  });

  it('a step with nobody on the roster says so in a line of its own, and each person comes with the roles they hold', () => {
    const { rows } = callRows([], [coming(1), coming(2, '周屿', '何晚')], false, 4);
    expect(rows.map(({ who, reachable, roles }) => [who, reachable, roles])).toEqual([
      [null, false, ['backup', 'lead']],
      ['周屿', true, ['backup']],
      ['何晚', true, ['lead']],
    ]);
  });

  it('a message says what became of it: delivered, failed, tried again, dropped', () => {
    const message = (over: object) =>
      sentRow(
        {
          ...{ id: 1, idempotencyKey: 'k', incidentId: 'i', step: 'ladder:0', urgency: 'alert', person: { id: 'l', name: '林悦' } },
          ...{ channel: 'c1', state: 'waiting', contacts: ['c1'], dry: false, createdAt: 5, nextAt: null, endedAt: null, reason: null },
          ...{ digest: null, holds: null, attemptCount: 0, attempts: [], requeues: [] },
          content: {
            ...{ reason: 'opened', code: 'A1', title: 't', brand: '山澜', grade: null, clock: 'response', dueAt: null, owner: null },
            ...{ why: null, generation: 1 },
          },
          ...over,
        },
        () => 'wecom',
      );
    const attempt = { at: 9, channel: 'c1', status: null, said: null } as const;
    expect(message({})).toMatchObject({ at: 5, state: 'sending', channel: 'wecom', reachable: true });
    expect(message({ attempts: [{ ...attempt, outcome: 'failed' }] })).toMatchObject({ at: 9, state: 'retrying' });
    expect(message({ state: 'sent' }).state).toBe('delivered');
    expect(message({ state: 'dropped' }).state).toBe('dropped');
    expect(message({ state: 'dead', person: null, contacts: [], channel: null })).toMatchObject({
      ...{ state: 'failed', who: null, channel: null, reachable: false },
    });
  });
});
