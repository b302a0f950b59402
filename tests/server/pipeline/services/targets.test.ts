import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTargetService } from '../../../../server/pipeline/services/targets.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import type { TargetService } from '../../../../server/pipeline/services/services.ts';
import type { Target } from '../../../../shared/kpi/targets.ts';
import { openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
let targets: TargetService;
const signals: string[] = [];

beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T14:00:00+08:00' });
  targets = createTargetService({
    reads: line.store.reads,
    commit: createCommit(line.store, line.clock, (touched) => signals.push(...touched)),
    calendar: line.calendar,
    clock: line.clock,
  });
});
afterAll(() => line.close());

const target = (more: Partial<Target> = {}): Target => ({
  kpi: 'net_sales',
  grain: 'month',
  period: '2026-11',
  value: 100,
  owner: '陈放',
  reason: '年度计划',
  ...more,
});
async function put(all: Target[], dryRun = false) {
  const answer = await targets.put(all, { dryRun });
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer.map((c) => [c.change, c.previousValue, c.target.value]);
}
const standing = async () => (await targets.list()).map((t) => [t.kpi, t.dimension?.channel ?? null, t.value]);

describe('PUT /api/targets', () => {
  it('a dry run answers what would change and changes nothing', async () => {
    const change = await line.store.reads.changeNumber();
    expect(await put([target()], true)).toEqual([['added', null, 100]]);
    expect([await targets.list(), await line.store.reads.changeNumber(), signals]).toEqual([[], change, []]);
  });

  it('adds, then supersedes by KPI, grain, period and dimension', async () => {
    expect(await put([target(), target({ value: 40, dimension: { channel: '天猫' } })])).toEqual([
      ['added', null, 100],
      ['added', null, 40],
    ]);
    line.at('2026-11-23T14:00:01+08:00');
    expect(await put([target({ value: 120, reason: '上调' })], true)).toEqual([['superseded', 100, 120]]);
    expect(await put([target({ value: 120, reason: '上调' })])).toEqual([['superseded', 100, 120]]);
    expect(new Set(await standing())).toEqual(
      new Set([
        ['net_sales', '天猫', 40],
        ['net_sales', null, 120],
      ]),
    );
    expect(signals).toEqual(['targets', 'targets']);
  });

  it('the same again is unchanged and writes nothing', async () => {
    const change = await line.store.reads.changeNumber();
    expect(await put([target({ value: 120, reason: '上调' })])).toEqual([['unchanged', 120, 120]]);
    expect(await line.store.reads.changeNumber()).toBe(change);
    expect(signals.length).toBe(2);
  });

  it('the second of one document is held against the first', async () => {
    const day = target({ grain: 'day', period: '2026-11-23' });
    expect(await put([day, { ...day, value: 7 }, { ...day, value: 7 }], true)).toEqual([
      ['added', null, 100],
      ['superseded', 100, 7],
      ['unchanged', 7, 7],
    ]);
  });

  it('takes budgets, which are no KPI', async () => {
    expect(await put([target({ kpi: 'budget', grain: 'year', period: '2026', value: 9 })])).toEqual([['added', null, 9]]);
  });

  it('takes a ratio below zero, as net sentiment’s may be', async () => {
    expect(await put([target({ kpi: 'net_sentiment', value: -0.1 })], true)).toEqual([['added', null, -0.1]]);
  });

  it('[I7] takes none for a closed period, unless it is to be restated; history that nobody closed takes them late', async () => {
    const day = target({ grain: 'day', period: '2026-11-24' });
    const history = target({ grain: 'day', period: '2026-11-02' });
    await put([day]);
    line.at('2026-11-27T00:00:00+08:00');
    const refused = { refused: true, status: 422, code: 'closed_period', path: 'targets[1].period' };
    for (const dryRun of [true, false]) expect(await targets.put([history, { ...day, value: 7 }], { dryRun })).toMatchObject(refused);
    // What stands already is no change.
    expect(await put([history, day])).toEqual([
      ['added', null, 100],
      ['unchanged', 100, 100],
    ]);
    const meant = await targets.put([{ ...day, value: 7 }], { dryRun: false, restate: true });
    expect(meant).toMatchObject([{ change: 'superseded', previousValue: 100 }]);
    line.at('2026-11-23T14:00:01+08:00');
  });

  it.each([
    [[target(), target({ kpi: 'sales' })], 'unknown_kpi', 'targets[1].kpi'],
    [[target({ period: '2026-13' })], 'bad_period', 'targets[0].period'],
    [[target({ grain: 'week' })], 'bad_period', 'targets[0].period'],
    [[target({ kpi: 'core_share', dimension: { core: 'true' } })], 'dimension_not_of_kpi', 'targets[0].dimension.core'],
    [[target({ value: -1 })], 'bad_value', 'targets[0].value'],
    [[target({ value: 0.5 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'budget', value: 9.1e15 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'new_customers', value: 1.5 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'buyer_value', value: -0.5 })], 'bad_value', 'targets[0].value'],
  ])('refuses, and takes nothing of the document: %#', async (all, code, path) => {
    const before = await standing();
    expect(await targets.put(all, { dryRun: false })).toMatchObject({ refused: true, status: 400, code, path });
    expect(await standing()).toEqual(before);
  });
});
