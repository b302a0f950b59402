/** Worked values of KPIs of cost and return, made from events. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventData } from '../../../../shared/events/registry.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import type { KpiQuery, KpiService } from '../../../../server/pipeline/services/services.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
let kpis: KpiService;

type Paid = EventData<'sales.order.paid'>;
type Spend = EventData<'campaign.spend'>;
let serial = 0;
const spend = (time: string, amount: number, more: Partial<Spend> = {}) =>
  event('campaign.spend', time, {
    ...{ entryId: `sp-${++serial}`, version: 1, channel: '抖音', kind: 'media', line: 'online', amount },
    ...more,
  });
const paid = (orderId: string, time: string, lines: readonly { amount: number; cost?: number }[], more: Partial<Paid> = {}) =>
  event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '抖音', region: '华东' },
    lines: lines.map((one, i) => ({ sku: `s${i}`, category: '咖啡机', core: true, quantity: 1, ...one })),
    ...more,
  });
const refund = (orderId: string, time: string, amount: number, lines?: { sku: string; amount: number }[]) =>
  event('sales.order.refunded', time, { refundId: `r-${orderId}`, orderId, version: 1, amount, ...(lines ? { lines } : {}) });
const lead = (leadId: string, campaignId: string) =>
  event('lead.created', '2026-10-01T08:00:00+08:00', {
    ...{ leadId, version: 1, channel: '抖音', campaignId, touch: 'paid', reachable: true },
  });

/** 400 new customers of campaign C, half of them by their lead: 420,000 paid, 231,000 of it cost. */
const october = Array.from({ length: 400 }, (_, i) =>
  paid(`o${i}`, '2026-10-05T10:00:00+08:00', [{ amount: 1_050, cost: 577 + (i % 2) }], i % 2 ? { campaignId: 'C' } : { leadId: 'L' }),
);

/** August: 500 leads of one channel, one in five of which cannot be reached. */
const august = Array.from({ length: 500 }, (_, i) =>
  event('lead.created', '2026-08-05T08:00:00+08:00', {
    ...{ leadId: `a${i}`, version: 1, channel: '展会', touch: 'paid', reachable: i % 5 > 0 },
  }),
);

beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T14:00:00+08:00' });
  kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
  const { quarantined } = await line.ingest([
    lead('L', 'C'),
    ...october,
    ...august,
    spend('2026-08-10T10:00:00+08:00', 80_000, { channel: '展会', kind: 'event', line: 'offline' }),
    spend('2026-08-10T10:00:00+08:00', 500, { channel: '展会', kind: 'training', line: 'training' }),
    spend('2026-08-11T10:00:00+08:00', 700),
    spend('2026-10-02T10:00:00+08:00', 80_000, { campaignId: 'C' }),
    spend('2026-10-02T10:00:00+08:00', 12_000, { campaignId: 'C', kind: 'production', line: 'offline' }),
    spend('2026-10-03T10:00:00+08:00', 8_000, { campaignId: 'C', kind: 'agency', channel: '天猫' }),
    spend('2026-10-04T10:00:00+08:00', 50_000, { kind: 'training', line: 'training' }),
    // The month of the budget, and a campaign of which little is known.
    ...Array.from({ length: 10 }, (_, i) => spend(`2026-09-${String(i + 1).padStart(2, '0')}T12:00:00+08:00`, 12_000)),
    paid('n1', '2026-11-20T10:00:00+08:00', [{ amount: 600, cost: 200 }, { amount: 400 }], { campaignId: 'N' }),
    paid('n2', '2026-11-02T10:00:00+08:00', [{ amount: 1_000, cost: 900 }], { campaignId: 'N', channel: '天猫' }),
    refund('n2', '2026-11-21T10:00:00+08:00', 300),
    refund('n1', '2026-11-21T10:00:00+08:00', 150, [
      { sku: 's1', amount: 100 },
      { sku: 'gone', amount: 50 },
    ]),
    spend('2026-11-02T10:00:00+08:00', 200, { campaignId: 'N', kind: 'kol' }),
    paid('n3', '2026-11-03T10:00:00+08:00', [{ amount: 5_000, cost: 1 }]),
    spend('2026-11-03T10:00:00+08:00', 700),
  ]);
  expect(quarantined).toBe(0);
  await line.store.write(async (tx) => {
    const who = { owner: 'o', reason: 'r' };
    await tx.putTargets(
      [
        { kpi: 'budget', grain: 'month', period: '2026-09', value: 304_000, ...who },
        { kpi: 'budget', grain: 'month', period: '2026-09', value: 30_000, dimension: { line: 'offline' }, ...who },
        { kpi: 'budget', grain: 'year', period: '2026', value: 1_000_000, ...who },
      ],
      line.clock.now(),
    );
  });
});
afterAll(() => line.close());

async function ask(kpi: string, period: string, more: Partial<KpiQuery> = {}): Promise<readonly KpiValue[]> {
  const answer = await kpis.query({ grain: 'month', period, kpis: [kpi], by: null, where: [], asOf: null, knownAt: null, ...more });
  if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`);
  return answer.values;
}
const at = (text: string) => ({ asOf: Date.parse(text) });

describe('worked values of the KPI dictionary', () => {
  it('[K12] [R11] what a new customer costs, training left out; media alone beside it', async () => {
    expect(await ask('cac', '2026-10')).toMatchObject([
      { value: 250, numerator: 100_000, denominator: 400, sample: 400, unit: 'minor_per_customer' },
    ]);
    expect(await ask('cac_media', '2026-10')).toMatchObject([{ value: 200, numerator: 80_000 }]);
  });

  it('[K13] [R12] what a valid lead costs in its channel, in the scope of acquisition, and what any lead does', async () => {
    const where = [{ dim: 'channel', value: '展会' }];
    expect(await ask('cpl', '2026-08', { where })).toMatchObject([
      { value: 200, numerator: 80_000, denominator: 400, sample: 400, unit: 'minor_per_lead' },
    ]);
    expect(await ask('cpl_raw', '2026-08', { where })).toMatchObject([{ value: 160, denominator: 500 }]);
    expect(await ask('cpl', '2026-08', { by: 'channel' })).toMatchObject([
      { dimension: { channel: '展会' }, value: 200 },
      { dimension: { channel: '抖音' }, value: null, reason: 'no_denominator', numerator: 700 },
    ]);
  });

  it('[K14] [K15] what a campaign brought for what it cost, in three ways that are never called the same', async () => {
    expect(await ask('roi', '2026-10')).toMatchObject([
      { value: 0.89, numerator: 89_000, denominator: 100_000, sample: 400, coverage: 1, maturity: 1 },
    ]);
    expect(await ask('roi_revenue', '2026-10')).toMatchObject([{ value: 3.2, numerator: 320_000, denominator: 100_000 }]);
    expect(await ask('roas', '2026-10')).toMatchObject([{ value: 5.25, numerator: 420_000, denominator: 80_000 }]);
    expect(await ask('break_even_roas', '2026-10')).toMatchObject([{ value: 420 / 189, coverage: 1 }]);
    expect(await ask('roi', '2026-10', { by: 'campaign' })).toMatchObject([
      { dimension: { campaign: 'C' }, value: 0.89 },
      { dimension: { campaign: null }, value: null, reason: 'no_campaign' },
    ]);
  });

  it('[K23] spend against an even plan, and where it leads', async () => {
    const tenth = at('2026-09-11T00:00:00+08:00');
    expect(await ask('budget_pacing', '2026-09', tenth)).toMatchObject([
      { value: 120_000 / (304_000 / 3), numerator: 120_000, sample: 10 },
    ]);
    expect(await ask('budget_projection', '2026-09', tenth)).toMatchObject([{ value: 360_000, sample: 10 }]);
  });

  it('[K24] lines of the year’s budget add up to it with what is not allocated', async () => {
    const year = { grain: 'year', by: 'line' } as const;
    const mix = await ask('budget_mix', '2026', year);
    expect(mix.map(({ dimension, value }) => [dimension?.line, value])).toEqual([
      ['offline', 0.092],
      ['online', (120_000 + 88_000 + 200 + 1_400) / 1_000_000],
      ['training', 0.0505],
      [null, 0.6479],
    ]);
    expect(mix.reduce((sum, { numerator }) => sum + (numerator ?? 0), 0)).toBe(1_000_000);
    const rest = { dim: 'line', value: null };
    expect(await ask('budget_mix', '2026', { grain: 'year', where: [rest] })).toMatchObject([{ value: 0.6479, dimension: { line: null } }]);
  });
});

describe('a campaign of which not everything is known', () => {
  it('[R14] lines without a cost are left out and lower the coverage; a refund lowers the margin by its part on lines with a cost', async () => {
    // (600 − 200) + (1,000 − 900) − 300; of what was given back of the other order nothing lies on a line with a cost.
    expect(await ask('roi', '2026-11')).toMatchObject([{ numerator: 200 - 200, denominator: 200, value: 0, coverage: 0.8 }]);
    expect(await ask('roi_revenue', '2026-11')).toMatchObject([{ numerator: 2_000 - 450 - 200 }]);
    expect(await ask('break_even_roas', '2026-11')).toMatchObject([{ numerator: 1_300, denominator: 200, value: 6.5 }]);
  });

  it('[R15] has no ROAS without ad spend', async () => {
    expect(await ask('roas', '2026-11', { by: 'campaign' })).toMatchObject([
      { dimension: { campaign: 'N' }, value: null, reason: 'no_denominator', numerator: 1_550 },
      { dimension: { campaign: null }, value: null, reason: 'no_campaign' },
    ]);
  });

  it('[R25] is provisional while revenue is younger than the refund lag', async () => {
    expect(await ask('roi', '2026-11')).toMatchObject([{ maturity: 0.5 }]);
    expect(await ask('roi', '2026-11', at('2026-11-28T00:00:00+08:00'))).toMatchObject([{ maturity: 1 }]);
    expect(await ask('roi', '2026-11', at('2026-11-06T00:00:00+08:00'))).toMatchObject([{ maturity: 0 }]);
    expect((await ask('roi', '2026-08'))[0]).not.toHaveProperty('maturity');
  });
});

describe('a budget', () => {
  it('[R23] that is not set has no pace, and what was spent is given all the same', async () => {
    expect(await ask('budget_pacing', '2026-10')).toMatchObject([{ value: null, reason: 'no_target', numerator: 150_000 }]);
    expect(await ask('budget_mix', '2025', { grain: 'year', by: 'line' })).toMatchObject([
      { dimension: { line: null }, value: null, reason: 'no_target' },
    ]);
  });
  it('[R22] of a line is a cell, also before anything was spent on it', async () => {
    expect(await ask('budget_pacing', '2026-09', { by: 'line', ...at('2026-09-16T00:00:00+08:00') })).toMatchObject([
      { dimension: { line: 'offline' }, value: 0, denominator: 15_000 },
      { dimension: { line: 'online' }, value: null, reason: 'no_target', numerator: 120_000 },
    ]);
  });
  it('projects the run-rate of the last 31 days on what is left of a longer period', async () => {
    // Of 2026-Q4 October’s spend lies more than 31 days back; 2026-10-24 … 11-23 spent 900 in 30 days and 14 hours.
    const left = (30 - 23 + 31 + 10 / 24) / (30 + 14 / 24);
    const [figure] = await ask('budget_projection', '2026-Q4', { grain: 'quarter' });
    expect(figure?.value).toBeCloseTo(150_900 + 900 * left, 6);
  });
  it('projects what was spent once the period is over, and nothing before it begins', async () => {
    expect(await ask('budget_projection', '2026-10')).toMatchObject([{ value: 150_000 }]);
    expect(await ask('budget_projection', '2026-12')).toMatchObject([{ value: null, reason: 'no_base' }]);
  });
});
