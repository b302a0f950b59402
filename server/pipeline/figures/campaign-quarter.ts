/**
 * K16 of each campaign: net sales of the days of its warm-up and burst as a share of the quarter, against three wholes (T7).
 * The wholes are those of the KPIs, so that the share of all campaigns together is the KPI itself. Days of two campaigns count
 * in both rows and once in what they are together, so rows do not add up.
 */
import { shareFigures, type CampaignTotal, type ShareFigure } from '../../../shared/kpi/campaigns.ts';
import type { KpiValue } from '../../../shared/kpi/types.ts';
import { ratio } from '../../domain/kpis/figures.ts';
import { campaignShare, campaignShareFinal, campaignShareOfTarget } from '../../domain/kpis/campaign-share.ts';
import { netSales } from '../../domain/kpis/net-sales.ts';
import { addExact, type Exact } from '../../domain/ledger/exact.ts';
import { unionOfDays, type DayRange } from '../../domain/targets/campaign-windows.ts';
import { periodOf, type Period } from '../../domain/time/period.ts';
import { askKpis, type LedgerAsk } from './ask-kpis.ts';
import type { Contexts } from './kpi-context.ts';
import { partsByBucket } from './parts-by-day.ts';

export type Shares = Pick<CampaignTotal, ShareFigure | 'reasons'>;

export interface CampaignQuarter {
  readonly quarter: Period;
  /** Of all campaigns together: the KPIs. */
  readonly total: Shares;
  /** Of some campaigns, their days taken together; nothing where none of them has a window. */
  of(campaigns: readonly string[]): Shares;
}

const definitions = [campaignShare, campaignShareOfTarget, campaignShareFinal];
export const noShares: Shares = { campaign_share: null, campaign_share_of_target: null, campaign_share_final: null, reasons: {} };

/** The quarter in which a period ends, or the running one where it ends later. */
export function quarterOf(period: Period, today: number): Period {
  return periodOf('quarter', Math.min(today, period.to - 1));
}

export async function campaignQuarter(ledger: LedgerAsk, contexts: Contexts, quarter: Period): Promise<CampaignQuarter> {
  const context = contexts.of(quarter, []);
  const parts = netSales.parts?.(context);
  const days = { definition: netSales, context, where: [], parts: parts && 'value' in parts ? [parts.value] : [] };
  const [values, [netByDay]] = await Promise.all([
    askKpis(
      ledger,
      definitions.map((definition) => ({ definition, context, slice: { by: null, where: [] } })),
      contexts.cut,
    ),
    partsByBucket(ledger, days, contexts.cut),
  ]);
  const wholes = values.flat();
  const windows = context.campaigns.byCampaign(quarter, context.asOf);
  const netIn = ({ from, to }: DayRange): Exact => {
    let sum: Exact = 0;
    for (let day = from; day < to; day += 1) sum = addExact(sum, netByDay?.get(day) ?? 0);
    return sum;
  };
  return {
    quarter,
    total: sharesOf(wholes, (whole) => whole),
    of(campaigns) {
      const own = campaigns.flatMap((id) => windows.get(id) ?? []);
      if (!campaigns.some((id) => windows.has(id))) return noShares;
      const net = unionOfDays(own).map(netIn).reduce(addExact, 0);
      return sharesOf(wholes, ({ value, reason, denominator }) =>
        reason === 'not_over' || denominator === null ? { value, ...(reason !== undefined && { reason }) } : ratio(net, denominator, 0),
      );
    },
  };
}

function sharesOf(
  wholes: readonly KpiValue[],
  shareOf: (whole: KpiValue) => { readonly value: number | null; readonly reason?: KpiValue['reason'] },
): Shares {
  const shares: { -readonly [K in keyof Shares]: Shares[K] } = { ...noShares, reasons: {} };
  for (const id of shareFigures) {
    const whole = wholes.find(({ kpi }) => kpi === id);
    if (!whole) continue;
    const { value, reason } = shareOf(whole);
    shares[id] = value;
    if (reason !== undefined) shares.reasons[id] = reason;
  }
  return shares;
}
