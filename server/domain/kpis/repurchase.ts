/**
 * K11 repurchase: customers with orders on at least two different days ÷ customers with an
 * order, among orders not fully refunded in the 365 business days that end with the period,
 * or with `asOf`'s day while the period runs (R10). Beside it the share of orders that were repeats.
 */
import type { KpiContext, DistinctRead, KpiDefinition } from './definition.ts';
import { countTerm, ratioOf, term } from './figures.ts';
import { ordersMeasure } from './net-sales.ts';

const WINDOW_DAYS = 365;

function windowOf({ calendar, period, asOf }: KpiContext): { from: number; to: number } {
  const to = Math.min(period.to, calendar.dayOf(asOf) + 1);
  return { from: to - WINDOW_DAYS, to };
}

const customersRead = (context: KpiContext): DistinctRead => ({
  ...({ ask: 'distinct', family: 'sales', of: 'customer', measure: ordersMeasure(context) } as const),
  ...windowOf(context),
});

const customers = () => [countTerm('customers')];
const orders = () => [term('sales', 'sales', 'orders')];

export const repurchaseRate: KpiDefinition = {
  id: 'repurchase_rate',
  name: { zh: '老客复购率', en: 'Repurchase rate' },
  formula: {
    zh: '截至期末（或查询时刻）365 天内，在至少两天有未全额退款订单的客户数 ÷ 有此类订单的客户数。',
    en: 'Of the customers with an order that is not fully refunded in the 365 days up to the end of the period, those with such orders on two days or more.',
  },
  version: 1,
  unit: 'ratio',
  most: 1,
  better: 'up',
  dimensions: ['channel', 'region'],
  reads: (context) => ({ customers: { ...customersRead(context), severalDays: true } }),
  ...ratioOf({ numerator: () => [countTerm('customers', 'onSeveralDays')], denominator: customers, sample: customers }),
};

export const repeatOrderShare: KpiDefinition = {
  id: 'repeat_order_share',
  name: { zh: '复购订单占比', en: 'Repeat-order share' },
  formula: {
    zh: '同一 365 天内，（未全额退款的订单数 − 客户数）÷ 未全额退款的订单数。',
    en: 'In the same 365 days: (orders that are not fully refunded − their customers) ÷ those orders.',
  },
  version: 1,
  unit: 'ratio',
  most: 1,
  better: 'up',
  dimensions: ['channel', 'region'],
  reads: (context) => ({
    customers: customersRead(context),
    // Who orders is a customer: a cell of nothing but refunds is none.
    sales: { ask: 'sums', family: 'sales', measures: ['orders'], unit: 'day', ...windowOf(context), aside: true },
  }),
  ...ratioOf({ numerator: () => [...orders(), countTerm('customers', 'all', -1)], denominator: orders, sample: orders }),
};
