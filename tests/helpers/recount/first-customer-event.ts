/** New customers (R6): a customer counts once, on the day, channel and region of the first-ever live order or signing. */
import type { CellSums } from './cell-sums.ts';
import { dimsKey } from './dims-key.ts';
import type { OrderColumns } from '../../../server/domain/fact-columns.ts';
import type { DimValue } from '../../../server/domain/dim-value.ts';

/** A live order or a signing. */
export interface Qualifying {
  readonly customerId: string;
  readonly at: number;
  readonly day: number;
  readonly channel: DimValue;
  readonly region: DimValue;
}

/** undefined when the order makes nobody a customer. */
export function qualifyingOrder(columns: OrderColumns | undefined): Qualifying | undefined {
  if (!columns?.live || columns.customerId === null || columns.paidAt === null || columns.day === null) return undefined;
  const { customerId, paidAt: at, day, channel, region } = columns;
  return { customerId, at, day, channel, region };
}

/** Adds a customer's first event to `sums`. */
export function addCustomer(first: Qualifying, sums: CellSums): void {
  sums.add('newCustomers', first.day, dimsKey(first.channel, first.region), 0, 1);
}
