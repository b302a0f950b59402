/** K16 from events: what lies in the windows of campaigns, against three wholes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import type { KpiQuery, KpiService } from '../../../../server/pipeline/services/services.ts';
import type { EventData } from '../../../../shared/events/registry.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
let kpis: KpiService;
let serial = 0;

const paid = (time: string, amount: number, channel = '天猫') =>
  event('sales.order.paid', time, {
    ...{ orderId: `o${++serial}`, version: 1, buyerId: 'b', channel, region: '华东' },
    lines: [{ sku: 's', category: '咖啡机', core: true, quantity: 1, amount }],
  });
type Plan = EventData<'campaign.planned'>;
const planned = (campaignId: string, warmup: [string, string], burst: [string, string], more: Partial<Plan> = {}) =>
  event('campaign.planned', '2026-09-01T10:00:00+08:00', {
    ...{ campaignId, version: 1, name: campaignId, owner: '陈放', kind: 'node', channels: ['天猫'], budget: 1, targets: {} },
    phases: {
      warmup: { from: warmup[0], to: warmup[1] },
      burst: { from: burst[0], to: burst[1] },
      review: { from: '2026-12-01', to: '2026-12-03' },
    },
    ...more,
  });
const ended = (campaignId: string, time: string) => event('campaign.ended', time, { campaignId, version: 1 });

const KNOWN = '2026-11-20T09:00:00+08:00';

beforeAll(async () => {
  line = await openLine({ now: KNOWN });
  kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
  const { quarantined } = await line.ingest([
    // 1 to 3 and 5 to 11 November; the second overlaps it from 10 to 12, planned until the 20th and ended on the 12th.
    planned('A', ['2026-11-01', '2026-11-03'], ['2026-11-05', '2026-11-11']),
    planned('B', ['2026-11-10', '2026-11-10'], ['2026-11-11', '2026-11-20']),
    ended('B', '2026-11-12T15:00:00+08:00'),
    planned('always', ['2026-10-01', '2026-12-31'], ['2026-10-01', '2026-12-31'], { kind: 'always-on' }),
    planned('never', ['2026-11-13', '2026-11-14'], ['2026-11-15', '2026-11-16']),
    ended('never', '2026-11-01T00:00:00+08:00'),
    // In windows: 300,000, a day of both counted once; a refund there is of an order from outside.
    paid('2026-11-01T00:00:00+08:00', 100_000),
    paid('2026-11-11T23:59:59+08:00', 150_000, '京东'),
    paid('2026-11-12T20:00:00+08:00', 60_000),
    event('sales.order.refunded', '2026-11-05T10:00:00+08:00', { refundId: 'r', orderId: 'o4', version: 1, amount: 10_000 }),
    // Outside: 680,000.
    paid('2026-11-04T10:00:00+08:00', 500_000),
    paid('2026-11-13T00:00:00+08:00', 180_000),
  ]);
  expect(quarantined).toBe(0);
  const target = { kpi: 'net_sales', grain: 'quarter' as const, period: '2026-Q4', value: 1_000_000, owner: 'o', reason: 'r' };
  await line.store.write((tx) => tx.putTargets([target], line.clock.now()));
  // What is said later: the plan of the first campaign moves to the days from 13 on.
  line.at('2026-11-20T12:00:00+08:00');
  await line.ingest([planned('A', ['2026-11-13', '2026-11-13'], ['2026-11-13', '2026-11-14'], { version: 2 })]);
});
afterAll(() => line.close());

async function ask(kpi: string, more: Partial<KpiQuery> = {}): Promise<readonly KpiValue[]> {
  const asked = { grain: 'quarter', period: '2026-Q4', kpis: [kpi], by: null, where: [], asOf: null, knownAt: Date.parse(KNOWN) } as const;
  const answer = await kpis.query({ ...asked, ...more });
  if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`);
  return answer.values;
}

describe('[K16] [R16] the share of campaign windows', () => {
  it('is held against net sales to date, the target, and net sales once the period is over', async () => {
    expect(await ask('campaign_share')).toMatchObject([
      { value: 300_000 / 980_000, numerator: 300_000, denominator: 980_000, target: 0.3 },
    ]);
    expect(await ask('campaign_share_of_target')).toMatchObject([{ value: 0.3, numerator: 300_000, denominator: 1_000_000 }]);
    expect(await ask('campaign_share_final')).toMatchObject([{ value: null, reason: 'not_over', numerator: 300_000 }]);
    const over = { asOf: Date.parse('2027-01-01T00:00:00+08:00') };
    expect(await ask('campaign_share_final', over)).toMatchObject([{ value: 300_000 / 980_000 }]);
  });
  it('is split by dimensions of sales', async () => {
    expect((await ask('campaign_share', { by: 'channel' })).map(({ dimension, value }) => [dimension?.channel, value])).toEqual([
      ['京东', 1],
      ['天猫', 150_000 / 830_000],
    ]);
  });
  it('of a shorter period takes the days of it', async () => {
    expect(await ask('campaign_share', { grain: 'day', period: '2026-11-12' })).toMatchObject([{ value: 1, numerator: 60_000 }]);
    expect(await ask('campaign_share', { grain: 'day', period: '2026-11-04' })).toMatchObject([{ value: 0, numerator: 0 }]);
    expect(await ask('campaign_share', { grain: 'month', period: '2026-08' })).toMatchObject([{ value: null, reason: 'no_denominator' }]);
  });
  it('[R21] [R28] follows the plan as it is known now, and as it was known then', async () => {
    // The first campaign now has 13 and 14 November only: what is left to the second is 10 to 12.
    expect(await ask('campaign_share', { knownAt: null })).toMatchObject([{ numerator: 150_000 + 60_000 + 180_000 }]);
    // On 11 November the second had not ended yet; before the plans’ own time there was none.
    expect(await ask('campaign_share', { asOf: Date.parse('2026-11-11T23:59:59+08:00') })).toMatchObject([{ numerator: 240_000 }]);
    expect(await ask('campaign_share', { asOf: Date.parse('2026-08-31T00:00:00+08:00') })).toMatchObject([{ numerator: 0 }]);
  });
});
