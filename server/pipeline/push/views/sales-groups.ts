/** The sales zone of the overview: today, its hours, month, quarter and channels against their plans. */
import type { Attainment, ChannelRow, OverviewState } from '../../../../shared/wire/views/overview.ts';
import { targetBook, type TargetBook } from '../../../domain/targets/book.ts';
import { salesPlan } from '../../../domain/targets/sales-plan.ts';
import { landing, pace } from '../../../domain/targets/plan.ts';
import { elapsedShare, periodOf } from '../../../domain/time/period.ts';
import { channelRows } from '../../../domain/projection/channels.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { netOfHours, netPerChannel, netPerHour } from './hourly-sales.ts';
import type { ViewParts } from './view-parts.ts';
import { createPastRatios, type PastRatios } from './past-ratios.ts';

type SalesGroups = { readonly [G in 'today' | 'hours' | 'month' | 'quarter' | 'channels']: () => Promise<OverviewState[G]> };

export function createSalesGroups(parts: ViewParts): SalesGroups {
  const pastRatios = createPastRatios(parts);
  return {
    today: () => today(parts, pastRatios),
    hours: () => hours(parts),
    month: () => attainment(parts, pastRatios, 'month'),
    quarter: () => attainment(parts, pastRatios, 'quarter'),
    channels: () => channels(parts),
  };
}

async function moment({ reads, calendar, clock }: ViewParts): Promise<{ now: number; day: number; book: TargetBook }> {
  const now = clock.now();
  return { now, day: calendar.dayOf(now), book: targetBook(await reads.targets(), now) };
}

async function today(parts: ViewParts, pastRatios: PastRatios): Promise<OverviewState['today']> {
  const { reads, calendar } = parts;
  const { now, day, book } = await moment(parts);
  const period = periodOf('day', day);
  const elapsed = elapsedShare(calendar, period, now);
  const plan = salesPlan(book, calendar, 'day', day);
  const [net, counted, ratios] = await Promise.all([
    netOfHours(reads, day * 24, (day + 1) * 24),
    reads.cells({ family: 'orders', from: day, to: day + 1, by: [], where: [] }),
    plan === null ? [] : pastRatios(period, elapsed, (past) => salesPlan(book, calendar, 'day', past.from)?.value ?? null),
  ]);
  return {
    day: period.name,
    net,
    target: plan?.value ?? null,
    targetBasis: plan?.basis ?? null,
    planToNow: plan === null ? null : plan.value * elapsed,
    pace: plan === null ? null : pace(net, plan.value, elapsed),
    orders: counted.reduce((sum, row) => sum + (row.measures[0] as number), 0),
    landing: plan === null ? null : landing(net, plan.value, elapsed, ratios),
  };
}

async function hours(parts: ViewParts): Promise<OverviewState['hours']> {
  const { reads, calendar } = parts;
  const { now, day, book } = await moment(parts);
  const plan = salesPlan(book, calendar, 'day', day);
  const currentHour = calendar.hourOf(now);
  const net = await netPerHour(reads, day * 24, (day + 1) * 24);
  return {
    day: calendar.formatDay(day),
    net: Array.from({ length: 24 }, (_, hour) => net.get(day * 24 + hour) ?? (hour > currentHour ? null : 0)),
    plan: plan === null ? null : plan.value / 24,
    currentHour,
  };
}

async function attainment(parts: ViewParts, pastRatios: PastRatios, grain: 'month' | 'quarter'): Promise<Attainment> {
  const { reads, calendar } = parts;
  const { now, day, book } = await moment(parts);
  const period = periodOf(grain, day);
  const elapsed = elapsedShare(calendar, period, now);
  const plan = salesPlan(book, calendar, grain, day);
  const target = plan?.value ?? null;
  const [net, ratios] = await Promise.all([
    netOfHours(reads, period.from * 24, (day + 1) * 24),
    target === null ? [] : pastRatios(period, elapsed, (past) => salesPlan(book, calendar, grain, past.from)?.value ?? null),
  ]);
  return {
    grain,
    period: period.name,
    net,
    target,
    targetBasis: plan?.basis ?? null,
    attainment: target === null || target === 0 ? null : net / target,
    planToNow: target === null ? null : target * elapsed,
    pace: target === null ? null : pace(net, target, elapsed),
    landing: target === null ? null : landing(net, target, elapsed, ratios),
  };
}

/** Today's channels; one with a plan and no sales yet takes part with 0. */
async function channels(parts: ViewParts): Promise<readonly ChannelRow[]> {
  const { reads, calendar } = parts;
  const { now, day, book } = await moment(parts);
  const elapsed = elapsedShare(calendar, periodOf('day', day), now);
  const net = await netPerChannel(reads, day * 24, (day + 1) * 24);
  const names = new Set([...net.keys(), ...plannedChannels(book, day)]);
  const all = [...names].map((channel) => {
    const plan = channel === null ? null : salesPlan(book, calendar, 'day', day, { channel });
    return { channel, net: net.get(channel) ?? 0, planToNow: plan === null ? null : plan.value * elapsed };
  });
  return channelRows(all, rowCaps.channels);
}

function plannedChannels(book: TargetBook, day: number): readonly string[] {
  return (['day', 'month', 'quarter', 'year'] as const)
    .flatMap((grain) => book.dimensions('net_sales', grain, periodOf(grain, day).name))
    .filter((dimension) => Object.keys(dimension).length === 1)
    .flatMap((dimension) => dimension['channel'] ?? []);
}
