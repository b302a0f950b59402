/** One campaign opened: its channels and its days. */
import type { CampaignBasis, CampaignChannel, CampaignDay, CampaignFigure } from '../../../shared/kpi/campaigns.ts';
import { shortOf } from '../../domain/campaigns/low-return.ts';
import { fitting } from '../../domain/kpis/figures.ts';
import { addExact } from '../../domain/ledger/exact.ts';
import { DAY_MS, type Calendar } from '../../domain/time/calendar.ts';
import type { Period } from '../../domain/time/period.ts';
import type { LedgerAsk } from './ask-kpis.ts';
import { figureDefinition, sumsBy } from './campaign-sums.ts';
import type { Contexts } from './kpi-context.ts';
import { partsByBucket } from './parts-by-day.ts';

export interface OneCampaign {
  readonly campaignId: string;
  readonly period: Period;
  readonly basis: CampaignBasis;
}

/** Those with any money or people, most spend first. `lost`: margin that is missing against the target; negative = more than asked. */
export async function channelsOf(
  ledger: LedgerAsk,
  contexts: Contexts,
  { campaignId, period, basis }: OneCampaign,
  targetRoi: number | null,
): Promise<readonly CampaignChannel[]> {
  const { cells } = await sumsBy(ledger, contexts, { period, basis, by: 'channel', where: [{ dim: 'campaign', value: campaignId }] });
  return [...cells]
    .map(([channel, sum]) => {
      const { spend, margin } = sum;
      return { ...sum, channel, lost: spend === null || margin === null ? null : shortOf({ spend, margin }, targetRoi) };
    })
    .sort((a, b) => (b.spend ?? 0) - (a.spend ?? 0));
}

/** Days shown at most: a quarter. */
const MOST_DAYS = 92;

/** From the first day with money to the last of the period that has begun; the newest `MOST_DAYS` of them. */
export async function daysOf(
  ledger: LedgerAsk,
  contexts: Contexts,
  calendar: Calendar,
  { campaignId, period, basis }: OneCampaign,
  refundDays: number,
): Promise<readonly CampaignDay[]> {
  const today = calendar.dayOf(contexts.asOf);
  // The same days that count as mature in the ROI's maturity (R25).
  const matureBefore = calendar.dayOf(contexts.asOf - refundDays * DAY_MS);
  const to = Math.min(period.to, today + 1);
  const span: Period = { ...period, from: Math.max(period.from, to - MOST_DAYS), to };
  const where = [{ dim: 'campaign' as const, value: campaignId }];
  const context = contexts.of(span, ['campaign']);
  const byDay = async (id: CampaignFigure) => {
    const definition = figureDefinition(id, basis);
    const parts = definition?.parts?.(context);
    if (!definition || !parts) return [];
    const asked = 'value' in parts ? [parts.value] : [parts.numerator, parts.denominator];
    return partsByBucket(ledger, { definition, context, where, parts: asked }, contexts.cut);
  };
  const [[netByDay], [aboveByDay, costByDay]] = await Promise.all([
    byDay(basis === 'cohort' ? 'net_sales_cohort' : 'net_sales'),
    byDay('roi'),
  ]);
  const days: CampaignDay[] = [];
  for (let day = span.from; day < span.to; day++) {
    const cost = costByDay?.get(day) ?? 0;
    const net = netByDay?.get(day) ?? 0;
    const margin = addExact(aboveByDay?.get(day) ?? 0, cost);
    if (days.length === 0 && cost === 0 && net === 0 && margin === 0) continue;
    days.push({
      day: calendar.formatDay(day),
      spend: fitting(cost),
      net_sales: fitting(net),
      margin: aboveByDay ? fitting(margin) : null,
      mature: day < matureBefore,
    });
  }
  return days;
}
