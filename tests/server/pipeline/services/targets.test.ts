import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTargetService } from '../../../../server/pipeline/services/targets.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import type { TargetService } from '../../../../server/pipeline/services/setting-services.ts';
import type { Target } from '../../../../shared/kpi/targets.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

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
    ledger: line.ledger,
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

  it('a target that somebody else has set meanwhile is not overwritten by whoever has not seen it', async () => {
    const mine = target({ period: '2027-01', value: 70 });
    const other = target({ period: '2027-02', value: 80 });
    const first = await Promise.all([50, 60].map((value) => targets.put([{ ...mine, value }], { dryRun: false, basedOn: [null] })));
    expect(first.map((answer) => isRefusal(answer))).toEqual([false, true]);
    const late = await targets.put([other, mine], { dryRun: false, basedOn: [null, null] });
    expect(late).toMatchObject({ status: 409, code: 'changed_meanwhile', path: 'targets[1]', present: 50 });
    expect((await standing()).filter(([, , value]) => value === 80)).toEqual([]);
    const again = () => targets.put([other, mine], { dryRun: false, basedOn: [null, 50] });
    expect(isRefusal(await again())).toBe(false);
    // The same change sent again is answered as before.
    expect(await again()).toMatchObject([{ change: 'unchanged' }, { change: 'unchanged' }]);
    expect(await targets.put([mine], { dryRun: true, basedOn: [] })).toMatchObject({ status: 422, path: 'basedOn' });
  });

  it('refuses two of one document for the same thing from the same moment; from another moment on they are versions', async () => {
    const day = target({ grain: 'day', period: '2026-11-23' });
    expect(await targets.put([day, { ...day, value: 7 }], { dryRun: true })).toMatchObject({
      ...{ refused: true, status: 422, code: 'overlapping_targets', path: 'targets[1]' },
    });
    const later = { ...day, value: 7, effectiveFrom: '2026-11-23T18:00:00+08:00' };
    expect(await put([day, later], true)).toEqual([
      ['added', null, 100],
      ['superseded', 100, 7],
    ]);
  });

  it('one dated before the one that stands is kept and changes nothing, and says so', async () => {
    const june = target({ period: '2027-06' });
    const [stands, earlier, later] = [
      { ...june, value: 500, effectiveFrom: '2026-11-20T00:00:00+08:00' },
      { ...june, value: 300, effectiveFrom: '2026-11-10T00:00:00+08:00' },
      { ...june, value: 900, effectiveFrom: '2026-12-01T00:00:00+08:00' },
    ];
    const valueOf = async () => (await targets.list()).find(({ period }) => period === june.period)?.value;
    await put([stands]);
    for (const dryRun of [true, false]) {
      expect(await put([earlier], dryRun)).toEqual([['not_in_force', 500, 300]]);
      expect(await valueOf()).toBe(500);
    }
    // Within a document what takes effect counts, not the order of the list.
    expect(await put([later, earlier, { ...june, value: 600 }], true)).toEqual([
      ['superseded', 500, 900],
      ['not_in_force', 500, 300],
      ['superseded', 500, 600],
    ]);
    // Of the same moment the later word counts.
    expect(await put([{ ...stands, value: 501 }])).toEqual([['superseded', 500, 501]]);
    expect(await valueOf()).toBe(501);
  });

  it('takes budgets, which are no KPI', async () => {
    expect(await put([target({ kpi: 'budget', grain: 'year', period: '2026', value: 9 })])).toEqual([['added', null, 9]]);
  });

  it('names what there is where it refuses a KPI or a period', async () => {
    const detail = async (change: Partial<Target>) => {
      const answer = await targets.put([target(change)], { dryRun: true });
      return isRefusal(answer) ? answer.detail : '';
    };
    expect(await detail({ kpi: 'sales' })).toMatch(/there are net_sales, .*, budget$/);
    expect(await detail({ period: '2026-13' })).toContain('write it like 2026-11');
    // 60 % typed as 60.
    expect(await detail({ kpi: 'core_share', value: 60 })).toBe('core_share is never above 1; 30 % is written 0.3');
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
    [[target({ value: 0 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'core_share', value: -0.1 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'core_share', value: 0 })], 'bad_value', 'targets[0].value'],
    ...['core_share', 'net_sentiment', 'share_of_voice', 'sla_compliance', 'lead_conversion', 'campaign_share', 'word_of_mouth'].map(
      (kpi): [Target[], string, string] => [[target({ kpi, value: 1.01 })], 'bad_value', 'targets[0].value'],
    ),
    [[target({ kpi: 'brand_health', value: 101 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'net_sentiment', value: -0.1 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'roi', value: -0.5 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'growth.net_sales', value: 0 })], 'bad_value', 'targets[0].value'],
    [[target({ curve: [1, 2, 3] })], 'bad_curve', 'targets[0].curve'],
    [[target({ grain: 'quarter', period: '2026-Q4', curve: [0, 0, 0] })], 'bad_curve', 'targets[0].curve'],
    [[target({ kpi: 'budget', value: 9.1e15 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'new_customers', value: 1.5 })], 'bad_value', 'targets[0].value'],
    [[target({ kpi: 'buyer_value', value: -0.5 })], 'bad_value', 'targets[0].value'],
  ])('refuses, and takes nothing of the document: %#', async (all, code, path) => {
    const before = await standing();
    expect(await targets.put(all, { dryRun: false })).toMatchObject({ refused: true, status: 400, code, path });
    expect(await standing()).toEqual(before);
  });
});

describe('a target and what it is held against', () => {
  const paid = (orderId: string, time: string, amount: number) =>
    event('sales.order.paid', time, {
      ...{ orderId, version: 1, buyerId: orderId, channel: '天猫', region: '华东' },
      lines: [{ sku: 's', category: 'k', core: true, quantity: 1, amount }],
    });
  const october = target({ period: '2026-12', value: 78_000_000_00 });

  beforeAll(async () => {
    await line.ingest([
      paid('o-1', '2026-10-10T12:00:00+08:00', 70_000_000_00),
      ...Array.from({ length: 6 }, (_, i) => paid(`n-${i}`, '2026-11-20T12:00:00+08:00', 10_000_000_00)),
    ]);
  });

  it('typed in 万 instead of 分 is refused once, with what it was compared with; confirmed it is taken', async () => {
    const inWan = { ...october, value: 7_800 };
    const refused = await targets.put([inWan], { dryRun: false });
    expect(refused).toMatchObject({ refused: true, status: 422, code: 'improbable_target', path: 'targets[0].value' });
    expect(isRefusal(refused) && refused.detail).toContain('net_sales of 2026-10, which is 7000000000');
    expect(await targets.put([{ ...october, value: 78_000_000_000_000 }], { dryRun: false })).toMatchObject({ code: 'improbable_target' });
    expect(isRefusal(await targets.put([inWan], { dryRun: false, confirm: true }))).toBe(false);
    expect(isRefusal(await targets.put([october], { dryRun: false }))).toBe(false);
  });

  it('without sales is compared with other targets of its kind, and with nothing where there are none', async () => {
    const share = target({ period: '2027-01', value: 50, dimension: { region: '西北' } });
    expect(isRefusal(await targets.put([share], { dryRun: false }))).toBe(false);
    expect(await targets.put([{ ...share, period: '2027-02', value: 50_001 }], { dryRun: false })).toMatchObject({
      code: 'improbable_target',
    });
  });

  it('a dry run of one that does not come into force shows that nothing moves', async () => {
    const sales = (value: number, effectiveFrom: string) => target({ value, effectiveFrom, reason: 'r' });
    await targets.put([sales(80_000_000_00, '2026-11-22T00:00:00+08:00')], { dryRun: false, confirm: true });
    const answer = await targets.put([sales(40_000_000_00, '2026-11-21T00:00:00+08:00')], { dryRun: true, confirm: true });
    if (isRefusal(answer)) throw new Error(answer.detail);
    const [{ change, effect } = {}] = answer;
    expect(change).toBe('not_in_force');
    expect(effect?.attainment.before).toBeGreaterThan(0);
    expect([effect?.attainment.after, effect?.pace?.after]).toEqual([effect?.attainment.before, effect?.pace?.before]);
  });

  it('a dry run shows value, attainment and pace before and after', async () => {
    const asked = [
      target({ value: 120_000_000_00 }),
      target({ kpi: 'core_share', value: 0.5 }),
      target({ period: '2027-03', value: 99_000_000_00 }),
    ];
    const answer = await targets.put(asked, { dryRun: true, confirm: true });
    if (isRefusal(answer)) throw new Error(answer.detail);
    const [sales, core, ahead] = answer;
    expect(sales?.effect).toMatchObject({ value: 60_000_000_00, attainment: { before: 60_000_000_00 / 120, after: 0.5 } });
    expect(sales?.effect?.pace?.after).toBeLessThan(sales?.effect?.pace?.before ?? 0);
    expect(core?.effect).toEqual({ value: 1, attainment: { before: null, after: 2 }, pace: null });
    expect(ahead?.effect).toBeUndefined();
  });
});
