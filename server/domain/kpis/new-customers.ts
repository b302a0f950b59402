/** K10 new customers: those whose first-ever order or signing falls in the period (R6). */
import type { KpiContext, KpiDefinition, SumRead } from './definition.ts';
import { sumOf, term } from './figures.ts';

export function newCustomersRead({ period }: Pick<KpiContext, 'period'>): SumRead {
  return { ask: 'sums', family: 'newCustomers', unit: 'day', from: period.from, to: period.to };
}

/** Of the read `firsts`. */
export const newCustomersPart = () => [term('firsts', 'newCustomers', 'customers')];

export const newCustomers: KpiDefinition = {
  id: 'new_customers',
  name: { zh: '新客签约量', en: 'New customers' },
  formula: {
    zh: '首个有效订单或首次签约落在期内的客户数，计入该首个事件的渠道、区域和活动。',
    en: 'Customers whose first standing order or signing ever lies in the period, in the channel, region and campaign of that event.',
  },
  version: 1,
  unit: 'count',
  better: 'up',
  dimensions: ['channel', 'region', 'campaign'],
  reads: (context) => ({ firsts: newCustomersRead(context) }),
  ...sumOf({ value: newCustomersPart, sample: newCustomersPart }),
};
