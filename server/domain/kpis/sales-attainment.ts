/**
 * K2 sales attainment: net sales ÷ target of the period; pace: net sales to date ÷ planned
 * to date (even curve, continuous); landing: where the period will end, as a range (R24).
 * The target is that of `net_sales` for the same grain, period and dimension (R22).
 */
import { ENOUGH_PAST, landing, pace } from '../targets/plan.ts';
import { learntRatio, remainder, type Remainder } from '../targets/remainder.ts';
import { plannedBy } from '../targets/sales-plan.ts';
import { likePeriods, type Period } from '../time/period.ts';
import type { CellInput, Figure, KpiContext, KpiDefinition, Read } from './definition.ts';
import { none, ratio, sum } from './figures.ts';
import { net, orders, ordersRead, salesDimensions, salesRead } from './net-sales.ts';

const TARGET = 'net_sales';

const base = { dimensions: salesDimensions, cellsOfTargets: TARGET } as const;
const reads = (context: KpiContext): Record<string, Read> => ({ sales: salesRead(context), orders: ordersRead(context) });

export const salesAttainment: KpiDefinition = {
  ...base,
  id: 'sales_attainment',
  unit: 'ratio',
  reads,
  compute(cell, context) {
    const target = cell.target(TARGET, context.period);
    const sales = net(cell);
    return target === undefined ? none('no_target', orders(cell, context), sales) : ratio(sales, target, orders(cell, context));
  },
};

export const salesPace: KpiDefinition = {
  ...base,
  id: 'sales_pace',
  unit: 'ratio',
  reads,
  compute(cell, context) {
    const target = cell.target(TARGET, context.period);
    const sales = net(cell);
    const sample = orders(cell, context);
    if (target === undefined) return none('no_target', sample, sales);
    return { ...ratio(sales, target * context.elapsed, sample), value: pace(sales, target, context.elapsed) };
  },
};

export const salesLandingLow = landingKpi('sales_landing_low', 'low');
export const salesLandingHigh = landingKpi('sales_landing_high', 'high');

function landingKpi(id: string, end: 'low' | 'high'): KpiDefinition {
  return {
    ...base,
    id,
    unit: 'minor',
    reads: (context) => ({ ...reads(context), ...pastReads(context) }),
    compute: (cell, context) => landingFigure(cell, context, end),
  };
}

/** `sample` is how many like past periods the range was learnt from; too few of them: `small_sample`. */
function landingFigure(cell: CellInput, context: KpiContext, end: 'low' | 'high'): Figure {
  const target = cell.target(TARGET, context.period);
  if (target === undefined) return none('no_target', 0);
  const ratios = learnt(context).flatMap(({ past, rest }) => {
    const hasData = cell.rows(pastName(past)).length > 0 || cell.rows(wholeName(past)).length > 0;
    return learntRatio({ plan: cell.plan(past), remaining: remainingNet(cell, past, rest), rest, hasData }) ?? [];
  });
  const found = landing(net(cell), target, context.elapsed, ratios);
  if (!found) return none('no_denominator', ratios.length);
  const figure = { value: found[end], numerator: null, denominator: null, sample: ratios.length };
  return found.basis === 'learnt' ? figure : { ...figure, reason: 'small_sample' };
}

const pastName = (past: Period) => `past ${past.name}`;
const wholeName = (past: Period) => `whole ${past.name}`;

/** Like past periods with a plan of any dimension; none when the period is over or they are too few to matter. */
function learnt(context: KpiContext): readonly { past: Period; rest: Remainder }[] {
  const { calendar, dimensions, elapsed, period, targets } = context;
  // Hours are kept by channel only: a day by region or category lands by its pace.
  if (elapsed >= 1 || (period.grain === 'day' && dimensions.some((d) => d !== 'channel'))) return [];
  // Without a target there is no landing, and nothing of the past is worth reading.
  if (targets.dimensions(TARGET, period.grain, period.name).length === 0) return [];
  const pasts = likePeriods(period).filter((past) =>
    plannedBy(past.grain, past.from).some(({ grain, name }) => targets.dimensions(TARGET, grain, name).length > 0),
  );
  return pasts.length < ENOUGH_PAST ? [] : pasts.map((past) => ({ past, rest: remainder(calendar, past, elapsed) }));
}

function pastReads(context: KpiContext): Record<string, Read> {
  return Object.fromEntries(
    learnt(context).flatMap(({ past, rest }): [string, Read][] => [
      [
        pastName(past),
        { source: 'cells', family: rest.unit === 'hour' ? 'salesHour' : 'sales', from: rest.from, to: rest.to, aside: true },
      ],
      [wholeName(past), { source: 'cells', family: 'sales', from: past.from, to: past.to, aside: true }],
    ]),
  );
}

function remainingNet(cell: CellInput, past: Period, rest: Remainder): number {
  if (rest.unit === 'day') return net(cell, pastName(past));
  const rows = cell.rows(pastName(past));
  return sum(rows, 'salesHour', 'paid') - sum(rows, 'salesHour', 'refunded');
}
