/**
 * K1 net sales: Σ paid − Σ refunds. Cash view: each on its own day; cohort view: a refund
 * on its order's day. An order that stands as cancelled counts nowhere, nor do its refunds (R4).
 */
import type { CellInput, KpiContext, KpiDefinition, Read } from './definition.ts';
import { amount, sum } from './figures.ts';

export const salesDimensions = ['channel', 'region', 'category', 'core', 'campaign'] as const;

export function salesRead({ period }: KpiContext): Read {
  return { source: 'cells', family: 'sales', from: period.from, to: period.to };
}

/** Cash view, minor units. */
export function net(cell: CellInput, read = 'sales'): number {
  const rows = cell.rows(read);
  return sum(rows, 'sales', 'paid') - sum(rows, 'sales', 'refunded');
}

/** Orders the figures rest on: from cells, except by category and core, which an order may have several of. */
export function ordersRead({ period, dimensions }: KpiContext): Read {
  const byLine = dimensions.includes('category') || dimensions.includes('core');
  return byLine
    ? { source: 'orders', from: period.from, to: period.to }
    : { source: 'cells', family: 'orders', from: period.from, to: period.to };
}

/** Orders not fully refunded (R5). */
export function orders(cell: CellInput, context: KpiContext): number {
  return ordersRead(context).source === 'orders' ? cell.counts('orders').orders : sum(cell.rows('orders'), 'orders', 'live');
}

const reads = (context: KpiContext) => ({ sales: salesRead(context), orders: ordersRead(context) });

export const netSales: KpiDefinition = {
  id: 'net_sales',
  unit: 'minor',
  dimensions: salesDimensions,
  reads,
  compute: (cell, context) => amount(net(cell), orders(cell, context)),
};

export const netSalesCohort: KpiDefinition = {
  id: 'net_sales_cohort',
  unit: 'minor',
  dimensions: salesDimensions,
  reads,
  compute(cell, context) {
    const rows = cell.rows('sales');
    return amount(sum(rows, 'sales', 'paid') - sum(rows, 'sales', 'cohortRefunded'), orders(cell, context));
  },
};
