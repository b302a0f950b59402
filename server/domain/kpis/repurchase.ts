/**
 * K11 repurchase: customers with orders on at least two different days ÷ customers with an
 * order, among orders not fully refunded in the 365 business days that end with the period,
 * or with `asOf`'s day while the period runs (R10). Beside it the share of orders that were repeats.
 */
import type { KpiContext, KpiDefinition, Read } from './definition.ts';
import { ratio } from './figures.ts';

const WINDOW_DAYS = 365;

function windowRead({ calendar, period, asOf }: KpiContext): Record<string, Read> {
  const to = Math.min(period.to, calendar.dayOf(asOf) + 1);
  return { orders: { source: 'orders', from: to - WINDOW_DAYS, to } };
}

export const repurchaseRate: KpiDefinition = {
  id: 'repurchase_rate',
  unit: 'ratio',
  dimensions: ['channel', 'region'],
  reads: windowRead,
  compute(cell) {
    const { customers, repeatCustomers } = cell.counts('orders');
    return ratio(repeatCustomers, customers, customers);
  },
};

export const repeatOrderShare: KpiDefinition = {
  id: 'repeat_order_share',
  unit: 'ratio',
  dimensions: ['channel', 'region'],
  reads: windowRead,
  compute(cell) {
    const { orders, repeatOrders } = cell.counts('orders');
    return ratio(repeatOrders, orders, orders);
  },
};
