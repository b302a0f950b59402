/** New customers (R6): one for each customer, on the day and in the dimensions of the first event that qualifies. */
import { customerRows } from '../customer-events.ts';
import type { Family } from '../family.ts';

export const newCustomers = {
  title: 'Customers by their first order or signing',
  entity: 'customer',
  facts: ['order', 'refund', 'lead', 'leadStatus'],
  dims: ['channel', 'region', 'campaign'],
  measures: ['customers'],
  rows: customerRows,
} as const satisfies Family<'customer'>;
