/** What past sales the plan curve and the landing of a cell are learnt from, and how they are read of the ledger. */
import { HISTORY_DAYS, leastOfPart, leastOfWhole } from '../targets/hour-shares.ts';
import { WEIGHT_DAYS } from '../targets/day-weights.ts';
import { BESIDE, learnNodeFactors } from '../targets/node-factors.ts';
import { salesCurve, type CurveMoment, type SalesCurve, type SalesPast } from '../targets/sales-curve.ts';
import type { CellInput, CellSum, KpiContext, SumRead } from './definition.ts';
import { counted, fitting, minus, sum } from './figures.ts';

const HOURS = 'past hours';
const DAYS = 'past days';
const NODE_HOURS = 'hours of the node before';
const NODE_DAYS = 'days about the node before';
const WHOLE_HOURS = 'hours of the whole on the node before';
const WHOLE_DAYS = 'past days of the whole';
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

/**
 * Of the whole all hours of eight weeks, of a part of the business those of the same weekday. Of a day of a node also the
 * same day the last times. What such days are worth is read of the whole for a part too, whose own days may say too little.
 */
export function pastReads(context: Context): Readonly<Record<string, SumRead>> {
  if (!needed(context)) return {};
  const { calendar, period } = context;
  const day = shapedDay(context);
  const isPart = context.dimensions.length > 0;
  const hours = {
    ask: 'sums',
    family: 'sales',
    measures: ['paid', 'refunded', 'orders'],
    unit: 'hour',
    perBucket: true,
    aside: true,
  } as const;
  const days = { ask: 'sums', family: 'sales', measures: ['paid', 'refunded'], unit: 'day', perBucket: true, aside: true } as const;
  const reads: Record<string, SumRead> = {};
  if (!isPart) reads[HOURS] = { ...hours, from: (day - HISTORY_DAYS) * 24, to: day * 24 };
  else for (const from of sameWeekdays(day)) reads[`${HOURS} ${from}`] = { ...hours, from: from * 24, to: (from + 1) * 24 };
  for (const before of calendar.nodeDays.before(day)) {
    const ofDay = { ...hours, from: before * 24, to: (before + 1) * 24 };
    reads[`${NODE_HOURS} ${before}`] = ofDay;
    if (isPart) reads[`${WHOLE_HOURS} ${before}`] = { ...ofDay, ofWhole: true };
    reads[`${NODE_DAYS} ${before}`] = { ...hours, unit: 'day', from: before - BESIDE, to: before + BESIDE + 1, ofWhole: true };
  }
  const today = period.grain === 'day' ? day : calendar.dayOf(context.asOf);
  if (isPart) reads[WHOLE_DAYS] = { ...days, from: today - WEIGHT_DAYS, to: today, ofWhole: true };
  if (period.grain === 'day') return reads;
  if (isPart) {
    const back = holdsNode(context, today) ? WEIGHT_DAYS : DAYS_OF_PART;
    reads[DAYS] = { ...days, measures: hours.measures, from: today - back, to: today };
  } else reads[DAYS] = { ...days, from: today - WEIGHT_DAYS, to: today };
  return reads;
}

/** Whether a day of a node is still to come, of which the same day a year ago says something. */
function holdsNode({ calendar, period }: Context, today: number): boolean {
  for (let day = Math.max(today, period.from); day < period.to; day++) if (calendar.nodeDays.holds(day)) return true;
  return false;
}

const sameWeekdays = (day: number): readonly number[] => Array.from({ length: WEEKS }, (_, week) => day - 7 * (week + 1));

export function pastOf(cell: Pick<CellInput, 'rows'>, context: Context): SalesPast {
  const day = shapedDay(context);
  const isPart = context.dimensions.length > 0;
  const names = isPart ? sameWeekdays(day).map((from) => `${HOURS} ${from}`) : [HOURS];
  const hourRows = names.flatMap((name) => cell.rows(name));
  const dayRows = context.period.grain === 'day' ? null : cell.rows(DAYS);
  const past = salesPast(hourRows, dayRows);
  const before = context.calendar.nodeDays.before(day);
  // Where a part sold too little on the same day of the node to show its shape, that of the whole stands for it.
  const nodeHours = before.flatMap((time) => {
    const own = cell.rows(`${NODE_HOURS} ${time}`);
    return isPart && ordersOf(own) < leastOfPart.orders ? cell.rows(`${WHOLE_HOURS} ${time}`) : own;
  });
  const known = { ...past, hours: new Map([...past.hours, ...netByBucket(nodeHours)]) };
  const nodeDays = netByBucket(before.flatMap((time) => cell.rows(`${NODE_DAYS} ${time}`)));
  if (!isPart) return before.length === 0 ? past : { ...known, nodeDays };
  const orders = ordersByDay(dayRows ?? hourRows, dayRows ? 1 : 24);
  const part = { days: past.days, orders, wholeDays: netByBucket(cell.rows(WHOLE_DAYS)) };
  // Usual days are learnt from as many days whether or not a node is to come, so that no plan moves when one has passed.
  const first = context.calendar.dayOf(context.asOf) - DAYS_OF_PART;
  const days = dayRows ? new Map([...past.days].filter(([one]) => one >= first)) : past.days;
  return { ...known, days, nodeDays, part };
}

/** @param buckets buckets of the rows in a day */
function ordersByDay(rows: readonly CellSum[], buckets: 1 | 24): ReadonlyMap<number, number> {
  const orders = new Map<number, number>();
  for (const row of rows) {
    if (typeof row.bucket !== 'number') continue;
    const day = Math.floor(row.bucket / buckets);
    orders.set(day, (orders.get(day) ?? 0) + ordersOf([row]));
  }
  return orders;
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
  const { calendar, period, asOf, targets } = context;
  const byHand = targets.curve('net_sales', period.grain, period.name);
  const today = period.grain === 'day' ? period.from : Math.min(calendar.dayOf(asOf), period.to);
  const days = past.part?.wholeDays ?? past.days;
  const whole = learnNodeFactors(calendar.nodeDays, past.nodeDays ? new Map([...past.nodeDays, ...days]) : days, today);
  if (!past.part) return { calendar, period, asOf, byHand, factors: whole, least: leastOfWhole };
  const factors = learnNodeFactors(calendar.nodeDays, past.part.days, today, { orders: past.part.orders, whole });
  return { calendar, period, asOf, byHand, factors, least: leastOfPart };
}

/** The plan curve in force for a cell. */
export function curveOf(cell: Pick<CellInput, 'rows'>, context: Context): SalesCurve {
  const past = pastOf(cell, context);
  return salesCurve(momentOf(context, past), past);
}
