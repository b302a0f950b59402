/**
 * What each campaign was paid and gave back, of all days and of those past the refund lag: how far its ROI may still fall (R25).
 */
import { lowestRoi } from '../../domain/campaigns/roi-range.ts';
import type { DimValue } from '../../domain/dim-value.ts';
import { sum } from '../../domain/kpis/figures.ts';
import { DAY_MS, type Calendar } from '../../domain/time/calendar.ts';
import type { Period } from '../../domain/time/period.ts';
import type { CampaignSum } from '../../../shared/kpi/campaigns.ts';
import type { LedgerAsk } from './ask-kpis.ts';
import type { Contexts } from './kpi-context.ts';

/**
 * Of a period whose refunds count on the days of their orders: everything so far, or any period in the cohort view. In the cash
 * view of a shorter period refunds still to come belong to later days, and its return does not fall.
 */
export async function lowestRois(
  ledger: LedgerAsk,
  contexts: Contexts,
  period: Period,
  calendar: Calendar,
): Promise<(campaign: DimValue, figures: CampaignSum) => number | null> {
  const { refundLagDays } = contexts.of(period, ['campaign']).readings;
  const matureTo = Math.min(period.to, calendar.dayOf(contexts.asOf - refundLagDays * DAY_MS));
  const upTo = (to: number) =>
    ({ ask: 'sums', family: 'sales', unit: 'day', from: period.from, to, where: [], by: ['campaign'], cut: contexts.cut }) as const;
  const [all = [], mature = []] = await ledger.ask([upTo(period.to), ...(matureTo > period.from ? [upTo(matureTo)] : [])]);
  const [ofAll, ofMature] = [all, mature].map(
    (rows) =>
      new Map(rows.flatMap((row) => ('measures' in row ? [[row.dims[0] ?? null, [{ also: [], measures: row.measures }]] as const] : []))),
  );
  return (campaign, { margin, spend, coverage }) => {
    if (margin === null || spend === null) return null;
    const of = (rows: typeof ofAll, measure: 'paid' | 'cohortRefunded') => Number(sum(rows?.get(campaign) ?? [], 'sales', measure));
    return lowestRoi({
      ...{ margin, spend, coverage: coverage ?? 1 },
      ...{ paid: of(ofAll, 'paid'), refunded: of(ofAll, 'cohortRefunded') },
      ...{ maturePaid: of(ofMature, 'paid'), matureRefunded: of(ofMature, 'cohortRefunded') },
    });
  };
}
