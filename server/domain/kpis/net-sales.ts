/**
 * K1 net sales: Σ paid − Σ refunds. Cash view: each on its own day; cohort view: a refund
 * on its order's day. An order that stands as cancelled counts nowhere, nor do its refunds (R4).
 */
import type { Exact } from '../ledger/exact.ts';
import type { MeasureOf } from '../ledger/registry.ts';
import type { CellInput, KpiContext, KpiDefinition, Only, Part, Read, SumRead } from './definition.ts';
import { minus, sum, sumOf, term } from './figures.ts';

export const salesDimensions = ['channel', 'region', 'category', 'core', 'campaign'] as const;

type Measures = readonly MeasureOf<'sales'>[];
/** What net sales are made of. Both views need all three, so that they know the same cells. */
export const netMeasures: Measures = ['paid', 'refunded', 'cohortRefunded'];

/** Sums of the period; orders as `ordersPart` counts them are among them. */
export function salesRead(context: KpiContext, measures: Measures = netMeasures): SumRead {
  const { from, to } = context.period;
  return { ask: 'sums', family: 'sales', measures: [...measures, ordersMeasure(context)], unit: 'day', from, to };
}

/** `also` groups the sums further. */
export function salesReads(context: KpiContext, also?: SumRead['also']): Readonly<Record<string, Read>> {
  return { sales: also ? { ...salesRead(context), also } : salesRead(context) };
}

/** Cash view, minor units. */
export function net(cell: CellInput, read = 'sales'): Exact {
  const rows = cell.rows(read);
  return minus(sum(rows, 'sales', 'paid'), sum(rows, 'sales', 'refunded'));
}

/** Net sales of a read, cash view. */
export function netPart(read = 'sales', only?: Only): Part {
  return [term(read, 'sales', 'paid', 1, only), term(read, 'sales', 'refunded', -1, only)];
}

/** Orders not fully refunded (R5). By category and core an order counts in each cell it holds a line of. */
export function ordersPart(context: Pick<KpiContext, 'dimensions'>): Part {
  return [term('sales', 'sales', ordersMeasure(context))];
}

/** The measure that is 1 once for each order and cell: fewer rows have it than lines there are, so that counting by it is cheaper. */
export function ordersMeasure({ dimensions }: Pick<KpiContext, 'dimensions'>): MeasureOf<'sales'> {
  const [category, core] = [dimensions.includes('category'), dimensions.includes('core')];
  return category ? (core ? 'holds' : 'inCategory') : core ? 'inCore' : 'orders';
}

export const netSales: KpiDefinition = {
  id: 'net_sales',
  name: { zh: '销售额', en: 'Net sales' },
  formula: {
    zh: '期内支付金额 − 期内退款金额；各计入自己的日期，已取消的订单及其退款不计。',
    en: 'Paid in the period minus refunded in the period, each on its own day; cancelled orders and their refunds count nowhere.',
  },
  version: 1,
  unit: 'minor',
  better: 'up',
  dimensions: salesDimensions,
  reads: (context) => salesReads(context),
  ...sumOf({ value: () => netPart(), sample: ordersPart }),
};

export const netSalesCohort: KpiDefinition = {
  id: 'net_sales_cohort',
  name: { zh: '销售额（按下单日）', en: 'Net sales by order day' },
  formula: {
    zh: '期内支付的订单金额 − 这些订单的退款金额；退款计入订单的支付日。',
    en: 'Paid in the period minus what was refunded of those orders; a refund counts on the day its order was paid.',
  },
  version: 1,
  unit: 'minor',
  better: 'up',
  dimensions: salesDimensions,
  reads: (context) => salesReads(context),
  ...sumOf({
    value: () => [term('sales', 'sales', 'paid'), term('sales', 'sales', 'cohortRefunded', -1)],
    sample: ordersPart,
  }),
};
