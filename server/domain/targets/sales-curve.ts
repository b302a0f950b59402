/**
 * How much of a period's plan is due at a moment: the curve in force. By hand where the target has weights; else learnt from
 * past days; else even in time. One function for the KPIs, the wall and the dry run of a target.
 */
import type { PlanCurve } from '../../../shared/kpi/types.ts';
import type { Calendar } from '../time/calendar.ts';
import { elapsedShare, periodOf, type Period } from '../time/period.ts';
import type { DayFactors } from './day-factors.ts';
import { learnDayWeights, type DayWeights } from './day-weights.ts';
import { elapsedHours } from './elapsed-hours.ts';
import { learnHourShares, pastDays, shareOver, type HourShares, type Least, type PastDay } from './hour-shares.ts';

/** What sold before, of the whole or of one cell. */
export interface SalesPast {
  /** Net sales by business hour, of the days a day's shape is learnt from. */
  readonly hours: ReadonlyMap<number, number>;
  /** Orders in them. */
  readonly orders: number;
  /** Net sales by business day; of the hours above where no more was read. */
  readonly days: ReadonlyMap<number, number>;
  /** Net sales of the whole on days about the last times of a node, where the days above do not reach as far. */
  readonly nodeDays?: ReadonlyMap<number, number>;
  /** Of a part of the business: what it sold on days as far back as nodes are looked for, its orders of them, and what the whole sold. */
  readonly part?: {
    readonly days: ReadonlyMap<number, number>;
    readonly orders: ReadonlyMap<number, number>;
    readonly wholeDays: ReadonlyMap<number, number>;
  };
}

export interface CurveMoment {
  readonly calendar: Calendar;
  readonly period: Period;
  /** UTC ms. */
  readonly asOf: number;
  readonly factors: DayFactors;
  /** Weights by hand. */
  readonly byHand: readonly number[] | undefined;
  readonly least: Least;
}

export interface SalesCurve {
  readonly method: PlanCurve;
  /** Share of the plan due at the moment, 0 … 1. */
  readonly due: number;
  /** Shares of the 24 hours of a day; null for longer periods. */
  readonly hours: readonly number[] | null;
  /** What was learnt on the way, for a forecast of the rest; null where nothing was. */
  readonly learnt: Learnt | null;
  /** Of a part whose curve was learnt and holds days of nodes: whose past says what they are worth. */
  readonly nodesFrom?: 'own' | 'whole';
}
export interface Learnt {
  readonly past: readonly PastDay[];
  readonly shares: HourShares | null;
  readonly weights: DayWeights | null;
}

const EVEN_HOURS = new Array<number>(24).fill(1 / 24);

export function salesCurve(moment: CurveMoment, known: SalesPast): SalesCurve {
  const { calendar, period, asOf, byHand } = moment;
  const learnt = learn(moment, known);
  const elapsed = elapsedShare(calendar, period, asOf);
  const over = elapsed <= 0 || elapsed >= 1;
  if (period.grain === 'day') {
    const hours = byHand ? normal(byHand) : (learnt.shares?.(period.from) ?? null);
    const method = byHand ? 'by_hand' : hours ? 'learnt' : 'even';
    const due = over || hours === null ? elapsed : shareOver(hours, elapsedHours(calendar, period.from, asOf));
    return { method, due, hours: hours ?? EVEN_HOURS, learnt, ...nodesOf(moment, method) };
  }
  const weights = byHand ? weightsByHand(period, byHand) : learnt.weights;
  const method = byHand ? 'by_hand' : weights ? 'learnt' : 'even';
  if (over || weights === null) return { method, due: elapsed, hours: null, learnt };
  const today = calendar.dayOf(asOf);
  let [before, all] = [0, 0];
  for (let day = period.from; day < period.to; day++) {
    const weight = weights(day);
    all += weight;
    if (day < today) before += weight;
    if (day === today) before += weight * shareOver(learnt.shares?.(day) ?? EVEN_HOURS, elapsedHours(calendar, day, asOf));
  }
  return { method, due: all === 0 ? elapsed : before / all, hours: null, learnt, ...nodesOf(moment, method) };
}

function nodesOf({ period, factors }: CurveMoment, method: PlanCurve): Pick<SalesCurve, 'nodesFrom'> {
  if (method !== 'learnt' || !factors.ofWhole) return {};
  const days = Array.from({ length: period.to - period.from }, (_, i) => period.from + i).filter((day) => factors.of(day) !== 1);
  if (days.length === 0) return {};
  return { nodesFrom: days.some((day) => factors.ofWhole?.(day)) ? 'whole' : 'own' };
}

/** Nothing of the running day, or of days after the period began where that is a day, is learnt from. */
function learn({ calendar, period, asOf, factors, least }: CurveMoment, { hours, orders, days }: SalesPast): Learnt {
  const today = period.grain === 'day' ? period.from : Math.min(calendar.dayOf(asOf), period.to);
  const past = pastDays(hours, today, factors);
  return { past, shares: learnHourShares(past, orders, { hours, factors }, least), weights: learnDayWeights(days, today, factors) };
}

function normal(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Weights of the parts of a period as weights of its days: a month's weight is spread evenly over its days. */
function weightsByHand({ grain, from }: Period, weights: readonly number[]): DayWeights {
  if (grain !== 'quarter' && grain !== 'year') return (day) => weights[day - from] ?? 0;
  return (day) => {
    const month = periodOf('month', day);
    return (weights[monthsBetween(from, month.from)] ?? 0) / (month.to - month.from);
  };
}

function monthsBetween(from: number, day: number): number {
  let [months, at] = [0, from];
  while (at < day) {
    at = periodOf('month', at).to;
    months += 1;
  }
  return months;
}

/** How many weights a target by hand of this period has. */
export function partsOf({ grain, from, to }: Period): number {
  return { day: 24, week: 7, month: to - from, quarter: 3, year: 12 }[grain];
}
