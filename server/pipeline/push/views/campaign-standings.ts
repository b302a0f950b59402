/** How every planned campaign stands: its phase, what it spent, what came back, and the margin it should have brought and did not. */
import { lossOf } from '../../../domain/campaigns/low-return.ts';
import { fitting } from '../../../domain/kpis/figures.ts';
import { netSales } from '../../../domain/kpis/net-sales.ts';
import { roi } from '../../../domain/kpis/roi.ts';
import { pacing, type CampaignStanding } from '../../../domain/projection/campaign-choice.ts';
import { joinCampaigns, type CampaignKnown } from '../../../domain/projection/campaign-facts.ts';
import { campaignProgress } from '../../../domain/projection/campaign-progress.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf, everything } from '../../figures/kpi-context.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { ViewParts } from './view-parts.ts';

/** Newest plans looked at. */
const PLANS = 1_000;

type Parts = Pick<ViewParts, 'reads' | 'sums' | 'calendar' | 'clock'>;

/** Ended ones are left out. */
export async function campaignStandings(parts: Parts): Promise<readonly CampaignStanding[]> {
  const { reads, calendar, clock } = parts;
  const [plans, phases, ends] = await Promise.all([
    factsOf(reads, 'campaign'),
    factsOf(reads, 'campaignPhase'),
    factsOf(reads, 'campaignEnd'),
  ]);
  const now = clock.now();
  const running = joinCampaigns(plans, phases, ends)
    .map((known) => ({ known, progress: campaignProgress(known, calendar, now) }))
    .filter(({ progress }) => progress.phase !== 'ended');
  if (running.length === 0) return [];
  const [spend, returns] = await Promise.all([spendOf(parts, now), returnsOf(parts)]);
  const allSpend = [...spend.values()].reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return running.map(({ known, progress }): CampaignStanding => {
    const id = known.plan.data.campaignId;
    const spent = spend.has(id) ? (spend.get(id) ?? null) : 0;
    const { margin, orders, ...shown } = returns.get(id) ?? nothing;
    return {
      ...{ known, progress, spend: spent, pacing: pacing(spent, known.plan.data.budget, progress.elapsed) },
      ...shown,
      lost:
        spent === null || margin === null
          ? null
          : lossOf({ ...planOf(known), elapsed: progress.elapsed, spend: spent, margin, orders, allSpend }),
    };
  });
}

const planOf = ({ plan }: CampaignKnown) => ({ targetRoi: plan.data.targets.roi ?? null, budget: plan.data.budget });

async function factsOf(reads: StoreReads, kind: 'campaign' | 'campaignPhase' | 'campaignEnd') {
  const rows = await reads.facts({ kind, limit: PLANS });
  return rows.map((row) => row.fact);
}

/** All spend of a campaign to date, what was paid before its first day included; null beyond what is exact [I16]. */
async function spendOf({ sums, calendar }: Parts, asOf: number): Promise<ReadonlyMap<string | null, number | null>> {
  const range = { family: 'spend', unit: 'day', from: 0, to: calendar.dayOf(asOf) + 1, where: [] } as const;
  const [rows = []] = await sums.sums([{ ask: 'sums', ...range, by: ['campaign'], cut: { asOf } }]);
  return new Map(rows.map(({ dims: [campaign = null], measures: [amount = 0] }) => [campaign, fitting(amount)]));
}

interface Returned {
  readonly roi: number | null;
  readonly maturity: number | null;
  readonly margin: number | null;
  readonly orders: number;
}
const nothing: Returned = { roi: null, maturity: null, margin: null, orders: 0 };

/** What came back of each campaign over everything so far, as `/api/kpis` and the directors' page have it (K14). */
async function returnsOf(parts: Parts): Promise<ReadonlyMap<string, Returned>> {
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
  const context = contexts.of(everything(parts.calendar, contexts.asOf), ['campaign']);
  const slice = { by: 'campaign', where: [] } as const;
  const [rois = [], sales = []] = await askKpis(
    parts.sums,
    [roi, netSales].map((definition) => ({ definition, context, slice })),
    contexts.cut,
  );
  const orders = new Map(sales.map((value) => [campaignOf(value), value.sample]));
  return new Map(
    rois.flatMap((value): [string, Returned][] => {
      const id = campaignOf(value);
      if (id === null) return [];
      const { numerator, denominator, value: ratio, maturity } = value;
      // ROI is (margin − cost) ÷ cost, so its two parts give the margin.
      const margin = numerator === null || denominator === null ? null : numerator + denominator;
      return [[id, { roi: ratio, maturity: maturity ?? null, margin, orders: orders.get(id) ?? 0 }]];
    }),
  );
}

const campaignOf = ({ dimension }: KpiValue): string | null => dimension?.campaign ?? null;
