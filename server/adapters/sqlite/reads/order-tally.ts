/** Counts orders, buyers and customers of groups, exactly. Memory grows with distinct people, not with orders. */
import type { DimValue } from '../../../domain/dim-value.ts';
import type { OrderCounts } from '../../../pipeline/ports/reads.ts';

interface Counted {
  readonly day: number;
  readonly buyerId: string;
  readonly customerId: string;
}
interface Group {
  readonly dims: readonly DimValue[];
  orders: number;
  readonly buyers: Set<string>;
  /** Day of a customer's first order seen; REPEATED once another day was seen. */
  readonly customers: Map<string, number>;
  repeatCustomers: number;
}
const REPEATED = Number.NEGATIVE_INFINITY;

export class OrderTally {
  private readonly groups = new Map<string, Group>();

  /** An order counts once in each different group its lines fall into; undefined entries are lines that fall in none. */
  add(order: Counted, lineGroups: readonly (readonly DimValue[] | undefined)[]): void {
    const seen = new Set<string>();
    for (const dims of lineGroups) {
      if (!dims) continue;
      const key = JSON.stringify(dims);
      if (seen.has(key)) continue;
      seen.add(key);
      this.count(this.group(key, dims), order);
    }
  }

  rows(): OrderCounts[] {
    return [...this.groups.values()].map(({ dims, orders, buyers, customers, repeatCustomers }) => ({
      dims,
      orders,
      buyers: buyers.size,
      customers: customers.size,
      repeatCustomers,
      repeatOrders: orders - customers.size,
    }));
  }

  private group(key: string, dims: readonly DimValue[]): Group {
    let group = this.groups.get(key);
    if (!group) {
      group = { dims, orders: 0, buyers: new Set(), customers: new Map(), repeatCustomers: 0 };
      this.groups.set(key, group);
    }
    return group;
  }

  private count(group: Group, { day, buyerId, customerId }: Counted): void {
    group.orders++;
    group.buyers.add(buyerId);
    const first = group.customers.get(customerId);
    if (first === undefined) group.customers.set(customerId, day);
    else if (first !== REPEATED && first !== day) {
      group.customers.set(customerId, REPEATED);
      group.repeatCustomers++;
    }
  }
}
