/** What past sales the plan curve and the landing of a cell are learnt from, and how they are read of the ledger. */
import { HISTORY_DAYS, leastOfPart, leastOfWhole } from '../targets/hour-shares.ts';
import { WEIGHT_DAYS } from '../targets/day-weights.ts';
import { usualDays } from '../targets/day-factors.ts';
import { BESIDE, learnNodeFactors } from '../targets/node-factors.ts';
import { salesCurve, type CurveMoment, type SalesCurve, type SalesPast } from '../targets/sales-curve.ts';
import type { CellInput, CellSum, KpiContext, SumRead } from './definition.ts';
import { counted, fitting, minus, sum } from './figures.ts';

const HOURS = 'past hours';
const DAYS = 'past days';
const NODE_HOURS = 'hours of the node before';
const NODE_DAYS = 'days about the node before';
/** Days read of a part of the business: its cells may be many. */
const DAYS_OF_PART = 182;
const WEEKS = HISTORY_DAYS / 7;

type Context = Pick<KpiContext, 'calendar' | 'period' | 'asOf' | 'dimensions' | 'targets'>;

/** The day whose shape is wanted: the running one, or the last of a period that is over. */
function shapedDay({ calendar, period, asOf }: Context): number {
  return period.grain === 'day' ? period.from : Math.min(Math.max(calendar.dayOf(asOf), period.from), period.to - 1);
}

/** Nothing is read of the past where nothing is held against a plan. */
const needed = (context: Context): boolean => {
  const { period, targets, calendar, asOf } = context;
  return targets.dimensions('net_sales', period.grain, period.name).length > 0 && asOf < calendar.startOfDay(period.to);
};

/** Of the whole all hours of eight weeks, of a part of the business those of the same weekday. */
export function pastReads(context: Context): Readonly<Record<string, SumRead>> {
  if (!needed(context)) return {};
  const day = shapedDay(context);
  const hours = {
    ask: 'sums',
    family: 'sales',
    measures: ['paid', 'refunded', 'orders'],
    unit: 'hour',
    perBucket: true,
    aside: true,
  } as const;
  const reads: Record<string, SumRead> = {};
  if (context.dimensions.length === 0) reads[HOURS] = { ...hours, from: (day - HISTORY_DAYS) * 24, to: day * 24 };
  else for (const from of sameWeekdays(day)) reads[`${HOURS} ${from}`] = { ...hours, from: from * 24, to: (from + 1) * 24 };
  // The same day of the node the last times: of the whole only, because cells of parts may be many.
  if (context.dimensions.length === 0) {
    for (const before of context.calendar.nodeDays.before(day)) {
      reads[`${NODE_HOURS} ${before}`] = { ...hours, from: before * 24, to: (before + 1) * 24 };
      reads[`${NODE_DAYS} ${before}`] = { ...hours, unit: 'day', from: before - BESIDE, to: before + BESIDE + 1 };
    }
  }
  if (context.period.grain !== 'day') {
    const today = context.calendar.dayOf(context.asOf);
    const back = context.dimensions.length === 0 ? WEIGHT_DAYS : DAYS_OF_PART;
    reads[DAYS] = {
      ask: 'sums',
      family: 'sales',
      measures: ['paid', 'refunded'],
      unit: 'day',
      perBucket: true,
      aside: true,
      from: today - back,
      to: today,
    };
  }
  return reads;
}

const sameWeekdays = (day: number): readonly number[] => Array.from({ length: WEEKS }, (_, week) => day - 7 * (week + 1));

export function pastOf(cell: Pick<CellInput, 'rows'>, context: Context): SalesPast {
  const day = shapedDay(context);
  const names = context.dimensions.length === 0 ? [HOURS] : sameWeekdays(day).map((from) => `${HOURS} ${from}`);
  const past = salesPast(
    names.flatMap((name) => cell.rows(name)),
    context.period.grain === 'day' ? null : cell.rows(DAYS),
  );
  const before = context.dimensions.length === 0 ? context.calendar.nodeDays.before(day) : [];
  if (before.length === 0) return past;
  const of = (name: string) => netByBucket(before.flatMap((time) => cell.rows(`${name} ${time}`)));
  return { ...past, hours: new Map([...past.hours, ...of(NODE_HOURS)]), nodeDays: of(NODE_DAYS) };
}

/** `days`: null where the days are those of the hours. */
export function salesPast(hourRows: readonly CellSum[], dayRows: readonly CellSum[] | null): SalesPast {
  const hours = netByBucket(hourRows);
  if (dayRows) return { hours, orders: ordersOf(hourRows), days: netByBucket(dayRows) };
  const days = new Map<number, number>();
  for (const [hour, net] of hours) days.set(Math.floor(hour / 24), (days.get(Math.floor(hour / 24)) ?? 0) + net);
  return { hours, orders: ordersOf(hourRows), days };
}

const ordersOf = (rows: readonly CellSum[]): number => counted(sum(rows, 'sales', 'orders'));

/** What is beyond exact sums [I16] teaches nothing. */
function netByBucket(rows: readonly CellSum[]): ReadonlyMap<number, number> {
  const nets = new Map<number, number>();
  for (const row of rows) {
    const net = fitting(minus(sum([row], 'sales', 'paid'), sum([row], 'sales', 'refunded')));
    if (typeof row.bucket === 'number' && net !== null) nets.set(row.bucket, (nets.get(row.bucket) ?? 0) + net);
  }
  return nets;
}

export function momentOf(context: Context, past: SalesPast): CurveMoment {
  const { calendar, period, asOf, targets, dimensions } = context;
  const byHand = targets.curve('net_sales', period.grain, period.name);
  if (dimensions.length > 0) return { calendar, period, asOf, byHand, factors: usualDays, least: leastOfPart };
  const days = past.nodeDays ? new Map([...past.nodeDays, ...past.days]) : past.days;
  const today = period.grain === 'day' ? period.from : Math.min(calendar.dayOf(asOf), period.to);
  return { calendar, period, asOf, byHand, factors: learnNodeFactors(calendar.nodeDays, days, today), least: leastOfWhole };
}

/** The plan curve in force for a cell. */
export function curveOf(cell: Pick<CellInput, 'rows'>, context: Context): SalesCurve {
  const past = pastOf(cell, context);
  return salesCurve(momentOf(context, past), past);
}
