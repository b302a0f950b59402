import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createPeriodService } from '../../../../server/pipeline/services/periods.ts';
import type { PeriodService } from '../../../../server/pipeline/services/services.ts';
import type { PeriodRow } from '../../../../shared/kpi/periods.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
let periods: PeriodService;
let signals: string[];
beforeEach(async () => {
  line = await openLine({ now: '2026-10-15T09:00:00+08:00' });
  signals = [];
  periods = createPeriodService({
    ...{ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock },
    commit: createCommit(line.store, line.clock, (touched) => signals.push(...touched)),
  });
});
afterEach(() => line.close());

const who = { owner: '林悦', reason: '数据核对完毕' };
const order = (orderId: string, time: string) =>
  event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
  });
async function list(from: string, to: string, limit = 200, cursor: readonly [number, number] | null = null) {
  const page = await periods.list({ from, to, limit, after: cursor });
  if (isRefusal(page)) throw new Error(page.detail);
  return page;
}
const short = ({ period, state, closesAt, closedBy }: PeriodRow) => [period, state, closesAt, closedBy];

describe('GET /api/periods', () => {
  it('[KP9] says of days and months how final they are, the latest first', async () => {
    line.at('2026-11-03T09:00:00+08:00');
    const { periods: rows, total, next } = await list('2026-10-30', '2026-11-03');
    expect([total, next]).toEqual([7, null]);
    expect(rows.map(short)).toEqual([
      ['2026-11', 'live', '2026-12-04T16:00:00.000Z', null],
      ['2026-11-03', 'live', '2026-11-05T16:00:00.000Z', null],
      ['2026-11-02', 'settling', '2026-11-04T16:00:00.000Z', null],
      ['2026-11-01', 'settling', '2026-11-03T16:00:00.000Z', null],
      ['2026-10', 'settling', '2026-11-04T16:00:00.000Z', null],
      ['2026-10-31', 'closed', '2026-11-02T16:00:00.000Z', 'itself'],
      ['2026-10-30', 'closed', '2026-11-01T16:00:00.000Z', 'itself'],
    ]);
    const [history] = (await list('2026-10-02', '2026-10-02')).periods.slice(-1);
    expect(history).toMatchObject({ state: 'closed', closesAt: null, closedAt: null, closedBy: null, owner: null });
  });

  it('[I7] says restated of what facts were received for after it closed', async () => {
    line.at('2026-10-20T10:00:00+08:00');
    await line.ingest([order('1', '2026-10-20T09:00:00+08:00')]);
    line.at('2026-10-24T10:00:00+08:00');
    await line.ingest([order('2', '2026-10-20T09:00:00+08:00')]);
    const rows = (await list('2026-10-20', '2026-10-21')).periods;
    expect(rows.map(({ period, state }) => [period, state])).toEqual([
      ['2026-10', 'live'],
      ['2026-10-21', 'closed'],
      ['2026-10-20', 'restated'],
    ]);
  });

  it('[S7] comes in pages that hold every period once', async () => {
    const whole = await list('2026-09-10', '2026-11-20');
    const seen: string[] = [];
    let cursor: readonly [number, number] | null = null;
    for (;;) {
      const page = await list('2026-09-10', '2026-11-20', 7, cursor);
      expect(page.total).toBe(whole.total);
      seen.push(...page.periods.map(({ period }) => period));
      if (page.next === null) break;
      const [end, rank] = page.next.split('.').map(Number);
      cursor = [end ?? NaN, rank ?? NaN];
    }
    expect(seen).toEqual(whole.periods.map(({ period }) => period));
    expect(new Set(seen).size).toBe(72 + 3);
  });

  it.each([
    [{ from: '2026-13-01', to: null }, 'bad_day', 'from'],
    [{ from: null, to: 'today' }, 'bad_day', 'to'],
    [{ from: '2026-11-02', to: '2026-11-01' }, 'bad_range', 'from'],
    [{ from: '2020-01-01', to: '2026-01-01' }, 'range_too_long', 'from'],
  ])('refuses %j', async (range, code, path) => {
    expect(await periods.list({ ...range, limit: 10, after: null })).toMatchObject({ refused: true, status: 400, code, path });
  });
});

describe('closing a period by hand', () => {
  it('[KP9] closes a month whose days are closed, with who and why, once', async () => {
    line.at('2026-11-03T10:00:00+08:00');
    const closed = { grain: 'month', period: '2026-10', state: 'closed', closedBy: 'hand', ...who, closedAt: '2026-11-03T02:00:00.000Z' };
    expect(await periods.close('2026-10', { commandId: 'c1', ...who })).toMatchObject(closed);
    expect(signals).toEqual(['periods']);
    line.at('2026-11-03T11:00:00+08:00');
    // The same command again is answered as before; another one is told that somebody was first.
    expect(await periods.close('2026-10', { commandId: 'c1', ...who })).toMatchObject(closed);
    const second = await periods.close('2026-10', { commandId: 'c2', owner: '陈放', reason: '再来一次' });
    expect(second).toMatchObject({ refused: true, status: 409, code: 'already_closed', present: closed });
    expect(await periods.close('2026-09', { commandId: 'c1', ...who })).toMatchObject({ status: 422, code: 'command_id_reused' });
    expect((await line.store.reads.closings()).byHand).toHaveLength(1);
  });

  it('of several at once lets exactly one win', async () => {
    line.at('2026-11-03T10:00:00+08:00');
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((commandId) => periods.close('2026-10', { commandId, ...who })));
    expect(answers.filter(isRefusal).map(({ code }) => code)).toEqual(['already_closed', 'already_closed', 'already_closed']);
  });

  it.each([
    ['2026-10-31T23:59:59+08:00', '2026-10', 'period_running'],
    ['2026-11-02T10:00:00+08:00', '2026-10', 'days_settling'],
    ['2026-11-05T00:00:00+08:00', '2026-10', 'already_closed'],
    ['2026-10-21T10:00:00+08:00', '2026-10-20', 'closes_by_itself'],
    ['2026-10-25T10:00:00+08:00', '2026-10-20', 'already_closed'],
    ['2026-10-20T10:00:00+08:00', '2026-10-20', 'period_running'],
    ['2026-10-20T10:00:00+08:00', '2027-01', 'period_running'],
  ])('at %s refuses %s: %s', async (now, name, code) => {
    line.at(now);
    const answer = await periods.close(name, who);
    expect(answer).toMatchObject({ refused: true, status: 409, code, present: { period: name } });
    expect([await line.store.reads.closings(), signals]).toMatchObject([{ byHand: [] }, []]);
  });

  it.each(['2026-W44', '2026-Q4', '2026', '2026-10-32', 'yesterday', ''])('refuses “%s”, which names no month and no day', async (name) => {
    expect(await periods.close(name, who)).toMatchObject({ refused: true, status: 400, code: 'bad_period', path: 'name' });
  });

  it('[I7] closes days of history, one by one or with their month, which never close by themselves', async () => {
    line.at('2026-10-16T10:00:00+08:00');
    expect(await periods.close('2026-10-02', who)).toMatchObject({ period: '2026-10-02', closedBy: 'hand' });
    expect(await periods.close('2026-10-02', who)).toMatchObject({ code: 'already_closed' });
    expect(await periods.close('2026-09', who)).toMatchObject({ period: '2026-09', closedBy: 'hand' });
    expect((await list('2026-09-29', '2026-10-03')).periods.map(({ period, closedBy }) => [period, closedBy])).toEqual([
      ['2026-10', null],
      ['2026-10-03', null],
      ['2026-10-02', 'hand'],
      ['2026-10-01', null],
      ['2026-09', 'hand'],
      ['2026-09-30', 'hand'],
      ['2026-09-29', 'hand'],
    ]);
    expect(await periods.close('2026-09-30', who)).toMatchObject({ code: 'already_closed' });
  });
});
