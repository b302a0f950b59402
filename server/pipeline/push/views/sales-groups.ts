/**
 * The sales zone of the overview: today, its hours, month, quarter and channels against their plans. The figures are those
 * of the KPI definitions, held against the plan book; hours are no KPI and ask the sums.
 */
import type { KpiDimension, KpiValue } from '../../../../shared/kpi/types.ts';
import type { Attainment, ChannelRow, OverviewState } from '../../../../shared/wire/views/overview.ts';
import { fitting, minus } from '../../../domain/kpis/figures.ts';
import { netSales } from '../../../domain/kpis/net-sales.ts';
import { salesAttainment, salesLandingHigh, salesLandingLow, salesPace } from '../../../domain/kpis/sales-attainment.ts';
import { curveOf, pastReads } from '../../../domain/kpis/sales-past.ts';
import type { KpiDefinition, SumRead } from '../../../domain/kpis/definition.ts';
import { channelRows } from '../../../domain/projection/channels.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { targetBook } from '../../../domain/targets/book.ts';
import { campaignBook } from '../../../domain/targets/campaign-windows.ts';
import { planBook } from '../../../domain/targets/plan-book.ts';
import { readingsBook } from '../../../domain/targets/readings-book.ts';
import { salesPlan, type Plan } from '../../../domain/targets/sales-plan.ts';
import { elapsedShare, periodOf } from '../../../domain/time/period.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { createAgainstBefore } from './against-before.ts';
import { createMonthBefore } from './month-before.ts';
import type { ViewParts } from './view-parts.ts';

type SalesGroups = { readonly [G in 'today' | 'hours' | 'month' | 'quarter' | 'channels']: () => Promise<OverviewState[G]> };

export function createSalesGroups(parts: ViewParts): SalesGroups {
  const figures = createSalesFigures(parts);
  const monthBefore = createMonthBefore(parts);
  const againstYesterday = createAgainstBefore(parts, 'day');
  const againstLastMonth = createAgainstBefore(parts, 'month');
  return {
    today: async () => ({ ...(await figures.today()), against: await againstYesterday() }),
    hours: () => hours(parts),
    month: async () => ({ ...(await figures.month()), before: await monthBefore(), against: await againstLastMonth() }),
    quarter: figures.quarter,
    channels: figures.channels,
  };
}

/** Sales against their plans, without what they are compared with. */
export function createSalesFigures(parts: ViewParts) {
  return {
    today: () => today(parts),
    month: () => attainment(parts, 'month'),
    quarter: () => attainment(parts, 'quarter'),
    channels: () => channels(parts),
  };
}

interface Asked {
  /** Name of the period. */
  readonly period: string;
  readonly plan: Plan | null;
  /** Values of each definition, in their order. */
  readonly values: readonly (readonly KpiValue[])[];
}

/** KPIs of the running period of a grain, in total or by a dimension. */
async function running(
  { reads, sums, calendar, clock }: ViewParts,
  grain: 'day' | 'month' | 'quarter',
  definitions: readonly KpiDefinition[],
  by: KpiDimension | null = null,
): Promise<Asked> {
  const [targets, history] = await Promise.all([reads.targets(), reads.policyHistory('readings')]);
  const now = clock.now();
  const day = calendar.dayOf(now);
  const period = periodOf(grain, day);
  const rules = readingsBook(history, calendar, now);
  const book = targetBook(targets, now);
  const context = {
    ...{ calendar, period, asOf: now, elapsed: elapsedShare(calendar, period, now) },
    targets: planBook(book, calendar),
    brands: { own: [], tracked: [] },
    campaigns: campaignBook([], calendar),
    state: 'live' as const,
    readings: rules.on(period.from).readings,
    readingsBook: rules,
    dimensions: by === null ? [] : [by],
  };
  const asked = definitions.map((definition) => ({ definition, context, slice: { by, where: [] } }));
  const values = await askKpis(sums, asked, { asOf: now });
  return { period: period.name, plan: salesPlan(book, calendar, grain, day), values };
}

function landingOf(low: KpiValue | undefined, high: KpiValue | undefined): Attainment['landing'] {
  if (typeof low?.value !== 'number' || typeof high?.value !== 'number') return null;
  return { low: low.value, high: high.value, basis: low.reason === 'small_sample' ? 'few_samples' : 'learnt' };
}

async function today(parts: ViewParts): Promise<Omit<OverviewState['today'], 'against'>> {
  const { period, plan, values } = await running(parts, 'day', [netSales, salesPace, salesLandingLow, salesLandingHigh]);
  const [net, pace, low, high] = values.map(([whole]) => whole);
  return {
    day: period,
    net: net?.value ?? null,
    target: plan?.value ?? null,
    targetBasis: plan?.basis ?? null,
    planToNow: pace?.denominator ?? null,
    pace: pace?.value ?? null,
    curve: pace?.curve ?? null,
    orders: net?.sample ?? 0,
    landing: landingOf(low, high),
  };
}

/** The hours of today against the plan curve of the day, which is the one its pace is held against. */
async function hours({ reads, sums, calendar, clock }: ViewParts): Promise<OverviewState['hours']> {
  const now = clock.now();
  const day = calendar.dayOf(now);
  const book = targetBook(await reads.targets(), now);
  const plan = salesPlan(book, calendar, 'day', day);
  const context = { calendar, period: periodOf('day', day), asOf: now, targets: planBook(book, calendar), dimensions: [] };
  const past = Object.entries(pastReads(context));
  const question = ({ family, unit, from, to }: Pick<SumRead, 'family' | 'unit' | 'from' | 'to'>) =>
    ({ ask: 'sums', family, from, to, where: [], cut: { asOf: now }, unit, by: [], perBucket: true }) as const;
  const [rows = [], ...pastRows] = await sums.sums([
    question({ family: 'sales', unit: 'hour', from: day * 24, to: (day + 1) * 24 }),
    ...past.map(([, read]) => question(read)),
  ]);
  const currentHour = calendar.hourOf(now);
  const net = new Map(rows.map(({ bucket, measures: [paid = 0, refunded = 0] }) => [bucket, fitting(minus(paid, refunded))]));
  const read = new Map(past.map(([name], i) => [name, pastRows[i] ?? []]));
  const curve = curveOf({ rows: (name) => (read.get(name) ?? []).map((row) => ({ ...row, also: [] })) }, context);
  return {
    day: calendar.formatDay(day),
    net: Array.from({ length: 24 }, (_, hour) => net.get(day * 24 + hour) ?? (hour > currentHour || net.has(day * 24 + hour) ? null : 0)),
    plan: plan === null ? null : (curve.hours ?? []).map((share) => share * plan.value),
    curve: plan === null ? null : curve.method,
    currentHour,
  };
}

async function attainment(parts: ViewParts, grain: 'month' | 'quarter'): Promise<Attainment> {
  const definitions = [netSales, salesAttainment, salesPace, salesLandingLow, salesLandingHigh];
  const { period, plan, values } = await running(parts, grain, definitions);
  const [net, attained, pace, low, high] = values.map(([whole]) => whole);
  return {
    grain,
    period,
    net: net?.value ?? null,
    target: plan?.value ?? null,
    targetBasis: plan?.basis ?? null,
    attainment: attained?.value ?? null,
    planToNow: pace?.denominator ?? null,
    pace: pace?.value ?? null,
    curve: pace?.curve ?? null,
    landing: landingOf(low, high),
    before: null,
    against: null,
  };
}

/** Today's channels; one with a plan and no sales yet takes part with 0. */
async function channels(parts: ViewParts): Promise<readonly ChannelRow[]> {
  const { values } = await running(parts, 'day', [salesPace], 'channel');
  const all = (values[0] ?? []).map(({ dimension, numerator, denominator, value, curve }) => ({
    channel: dimension?.channel ?? null,
    net: numerator,
    planToNow: denominator,
    pace: value,
    curve: curve ?? null,
  }));
  return channelRows(all, rowCaps.channels);
}
