/**
 * An order with what it is joined to: its refunds and the campaign of its lead. Fact columns
 * and additions are pure functions of this group, so a change of any member is folded
 * as additions(after) − additions(before) [I5, I6].
 */
import type { OrderColumns } from '../fact-columns.ts';
import { standing, topVersion, type Fact, type FactVersion } from '../facts.ts';
import type { Calendar } from '../time/calendar.ts';
import type { CellSums } from './cell-sums.ts';
import { noDims, withDim, type DimsPrefix } from './dims-key.ts';
import { refundParts } from './refund-parts.ts';

export interface OrderGroup {
  /** undefined while only refunds of it are known. */
  readonly order: Fact | undefined;
  /** Facts of kind refund that name this order, of its own source. */
  readonly refunds: readonly Fact[];
  /** Campaign of the lead the order names, if it names one and no campaign of its own (R13). */
  readonly leadCampaign: string | null;
}

type Paid = FactVersion<'sales.order.paid'>;
type Refunded = FactVersion<'sales.order.refunded'>;

/** Measures of the `sales` family by place. */
const PAID = 0;
const REFUNDED = 1;
const COHORT_REFUNDED = 2;

/** Fact columns of the group's order. `fact` is the group's own order. */
export function orderColumns(fact: Fact, group: OrderGroup, calendar: Calendar): OrderColumns {
  const paid = standing(fact, 'sales.order.paid');
  if (!paid) return tombstone;
  const { data } = paid;
  const counts = paid.version === topVersion(fact);
  const total = lineTotal(paid);
  const refunded = refundTotal(group.refunds);
  return {
    kind: 'order',
    paidAt: paid.occurredAt,
    day: calendar.dayOf(paid.occurredAt),
    buyerId: data.buyerId,
    customerId: data.customerId ?? data.buyerId,
    leadId: data.leadId ?? null,
    channel: data.channel,
    region: data.region,
    campaignId: data.campaignId ?? group.leadCampaign,
    counts,
    live: counts && !fullyRefunded(refunded, total),
    overRefunded: counts && refunded > total,
  };
}

/** While only a cancellation is known. */
const tombstone: OrderColumns = {
  kind: 'order',
  paidAt: null,
  day: null,
  buyerId: null,
  customerId: null,
  leadId: null,
  channel: null,
  region: null,
  campaignId: null,
  counts: false,
  live: false,
  overRefunded: false,
};

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
  const where = withDim(withDim(channel, data.region), data.campaignId ?? group.leadCampaign);
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
  if (!fullyRefunded(refunded, total)) sums.add('orders', day, where.key, 0, sign);
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

export function refundOf(fact: Fact): Refunded | undefined {
  return standing(fact, 'sales.order.refunded');
}

/** R5: something was refunded, and at least all of it. A zero-amount order without refund is an ordinary order. */
function fullyRefunded(refunded: number, total: number): boolean {
  return refunded > 0 && refunded >= total;
}

function lineTotal(paid: Paid): number {
  let total = 0;
  for (const line of paid.data.lines) total += line.amount;
  return total;
}

function refundTotal(refunds: readonly Fact[]): number {
  let total = 0;
  for (const fact of refunds) total += refundOf(fact)?.data.amount ?? 0;
  return total;
}
