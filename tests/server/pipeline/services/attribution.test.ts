/** What campaigns brought and cost, over any events: the parts add up, and are what the facts say by hand. */
import { expect, it } from 'vitest';
import { standing } from '../../../../server/domain/facts.ts';
import { refundOf } from '../../../../server/domain/fold/order-group.ts';
import { refundParts } from '../../../../server/domain/fold/refund-parts.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW } from '../../../helpers/ingest-rig.ts';
import { createMemoryLedger } from '../../../helpers/memory-ledger.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { recountGroups } from '../../../helpers/recount/recount-groups.ts';
import { factAt, orderAt, type RecountGroup } from '../../../helpers/recount/recount.ts';
import { testSeed } from '../../../helpers/seed.ts';

const calendar = createCalendar('Asia/Shanghai');
const kpis = ['roi', 'roi_revenue', 'roas', 'break_even_roas', 'net_sales', 'budget_pacing', 'cac'];

it.each([1, 2, 3, 4])('[R13] [R14] campaigns and what belongs to none add up to the total, run %i', async (run) => {
  const seed = testSeed(`attribution ${String(run)}`);
  const random = seededRandom(seed);
  const rig = createIngestRig();
  const events = generateEvents({ seed, count: 400, until: NOW, spanMs: 20 * 86_400_000, ids: 12, instants: 300 });
  await rig.feed(random.shuffle(events));
  const ledger = createMemoryLedger(calendar);
  ledger.append(1, rig.ledger);
  const service = createKpiService({
    reads: {
      clockCounts: async () => ({ due: 0, met: 0, excluded: 0 }),
      closings: async () => ({ workspaceSince: NOW, byHand: [] }),
      policyHistory: async () => [],
      targetHistory: async () => [],
      campaignVersions: async () => [],
    },
    ...{ ledger, calendar, clock: { now: () => NOW, monotonic: () => NOW } },
  });
  const ask = async (by: string | null): Promise<readonly KpiValue[]> => {
    const answer = await service.query({ grain: 'year', period: '2026', kpis, by, where: [], asOf: NOW, knownAt: null });
    if (isRefusal(answer)) throw new Error(answer.detail);
    return answer.values;
  };
  const [whole, byCampaign] = [await ask(null), await ask('campaign')];
  const told = `SEED=${String(seed)}`;
  const parts = byHand(await recountGroups(rig.store));
  const campaigns = new Set([...parts.keys()].filter((campaign) => campaign !== null));
  expect(campaigns.size, told).toBeGreaterThan(3);

  for (const { kpi, value, numerator, denominator } of whole) {
    const cells = byCampaign.filter((cell) => cell.kpi === kpi);
    // What belongs to no campaign is in the total of sales and spend, and in no return.
    const adding = ['roi', 'roi_revenue', 'roas', 'break_even_roas'].includes(kpi)
      ? cells.filter(({ dimension }) => dimension?.campaign)
      : cells;
    const sum = (pick: (cell: KpiValue) => number | null) => adding.reduce((total, cell) => total + (pick(cell) ?? 0), 0);
    if (kpi === 'net_sales')
      expect(
        sum((cell) => cell.value),
        told,
      ).toBe(value);
    else
      expect(
        sum((cell) => cell.numerator),
        `${kpi} ${told}`,
      ).toBe(numerator);
    if (kpi !== 'net_sales' && kpi !== 'budget_pacing')
      expect(
        sum((cell) => cell.denominator),
        `${kpi} ${told}`,
      ).toBe(denominator);
  }
  for (const cell of byCampaign) {
    const { net, costedNet, cost, spend, media } = parts.get(cell.dimension?.campaign ?? null) ?? nothing();
    const margin = costedNet - cost;
    const hand: Record<string, readonly [number | null, number | null]> = {
      roi: [margin - spend, spend],
      roi_revenue: [net - spend, spend],
      roas: [net, media],
      break_even_roas: [costedNet, margin],
      budget_pacing: [spend, null],
    };
    const want = hand[cell.kpi];
    if (want) expect([cell.numerator, cell.denominator], `${JSON.stringify(cell)} ${told}`).toEqual(want);
    if (cell.kpi === 'net_sales') expect(cell.value, told).toBe(net);
  }
});

interface Parts {
  net: number;
  costedNet: number;
  cost: number;
  spend: number;
  media: number;
}
const nothing = (): Parts => ({ net: 0, costedNet: 0, cost: 0, spend: 0, media: 0 });

/** Sums of each campaign, told without a ledger. */
function byHand(groups: readonly RecountGroup[]): Map<string | null, Parts> {
  const cut = { asOf: NOW };
  const all = new Map<string | null, Parts>();
  const of = (campaign: string | null): Parts => {
    const parts = all.get(campaign) ?? nothing();
    all.set(campaign, parts);
    return parts;
  };
  for (const group of groups) {
    if ('spend' in group) {
      const fact = factAt(group.spend, cut);
      const entry = fact && standing(fact, 'campaign.spend');
      if (!entry) continue;
      const parts = of(entry.data.campaignId ?? null);
      parts.spend += entry.data.amount;
      if (entry.data.kind === 'media') parts.media += entry.data.amount;
    } else if ('orderKey' in group) {
      const at = orderAt(group, cut, calendar);
      if (!at) continue;
      const { order, refunds } = at.group;
      const paid = order && standing(order, 'sales.order.paid');
      if (order && !at.columns?.counts) continue;
      const parts = of(at.columns?.campaignId ?? null);
      const lines = paid?.data.lines ?? [];
      for (const { amount, cost } of lines) {
        parts.net += amount;
        if (cost !== undefined) [parts.costedNet, parts.cost] = [parts.costedNet + amount, parts.cost + cost];
      }
      for (const fact of refunds) {
        const refund = refundOf(fact);
        if (!refund) continue;
        parts.net -= refund.data.amount;
        const { byLine } = refundParts(lines, refund.data);
        lines.forEach(({ cost }, i) => (parts.costedNet -= cost === undefined ? 0 : (byLine[i] ?? 0)));
      }
    }
  }
  return all;
}
