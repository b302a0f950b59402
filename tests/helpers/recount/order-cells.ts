/** What an order with its refunds counts for, cell by cell: told another way than the ledger's rows are. */
import { standing, topVersion, type Fact } from '../../../server/domain/facts.ts';
import { campaignOf, refundOf, type OrderGroup, type Paid } from '../../../server/domain/fold/order-group.ts';
import { refundParts } from '../../../server/domain/fold/refund-parts.ts';
import type { Calendar } from '../../../server/domain/time/calendar.ts';
import type { CellSums } from './cell-sums.ts';
import { noDims, withDim, type DimsPrefix } from './dims-key.ts';

/** Measures of the `sales` family by place. */
const PAID = 0;
const REFUNDED = 1;
const COHORT_REFUNDED = 2;

/** Adds what the group counts for to `sums`; `sign` −1 takes it out again. */
export function addOrderGroup(group: OrderGroup, calendar: Calendar, sums: CellSums, sign: 1 | -1): void {
  const { order } = group;
  if (!order || order.versions.length === 0) {
    for (const refund of group.refunds) addOrphan(refund, calendar, sums, sign);
    return;
  }
  const paid = standing(order, 'sales.order.paid');
  // Cancelled, or only its cancellation is known: the order counts nowhere, and its refunds with it (R4).
  if (!paid || paid.version !== topVersion(order)) return;

  const { data } = paid;
  const day = calendar.dayOf(paid.occurredAt);
  const channel = withDim(noDims, data.channel);
  const where = withDim(withDim(channel, data.region), campaignOf(paid, group.leads));
  let total = 0;
  for (const line of data.lines) {
    total += line.amount;
    sums.add('sales', day, lineDims(where, line), PAID, sign * line.amount);
  }
  sums.add('salesHour', calendar.hourBucket(paid.occurredAt), channel.key, PAID, sign * total);
  if (group.refunds.length === 0) {
    sums.add('orders', day, where.key, 0, sign);
    return;
  }

  const dims = data.lines.map((line) => lineDims(where, line));
  const unknown = withDim(withDim(where, null), null).key;
  let refunded = 0;
  for (const fact of group.refunds) {
    const refund = refundOf(fact);
    if (!refund) continue;
    refunded += refund.data.amount;
    const parts = refundParts(data.lines, refund.data);
    const refundDay = calendar.dayOf(refund.occurredAt);
    for (let i = 0; i < dims.length; i++) addRefund(sums, refundDay, day, dims[i] as string, sign * (parts.byLine[i] as number));
    addRefund(sums, refundDay, day, unknown, sign * parts.unknown);
    sums.add('salesHour', calendar.hourBucket(refund.occurredAt), channel.key, REFUNDED, sign * refund.data.amount);
  }
  // R5: something was refunded, and at least all of it.
  if (refunded === 0 || refunded < total) sums.add('orders', day, where.key, 0, sign);
}

function lineDims(where: DimsPrefix, line: Paid['data']['lines'][number]): string {
  return withDim(withDim(where, line.category), line.core ? 'true' : 'false').key;
}

/** Cash view on the refund's own day, cohort view on the order's. */
function addRefund(sums: CellSums, day: number, orderDay: number, dims: string, amount: number): void {
  sums.add('sales', day, dims, REFUNDED, amount);
  sums.add('sales', orderDay, dims, COHORT_REFUNDED, amount);
}

/** A refund whose order is not known yet: in the total and in the 未归属 cell (R2). */
function addOrphan(fact: Fact, calendar: Calendar, sums: CellSums, sign: 1 | -1): void {
  const refund = refundOf(fact);
  if (!refund) return;
  const amount = sign * refund.data.amount;
  const day = calendar.dayOf(refund.occurredAt);
  addRefund(sums, day, day, '[null,null,null,null,null]', amount);
  sums.add('salesHour', calendar.hourBucket(refund.occurredAt), '[null]', REFUNDED, amount);
}
