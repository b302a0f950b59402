/**
 * An order with what it is joined to: its refunds and its lead. Fact columns and ledger rows are pure functions of
 * this group, so a change of any member is folded as the difference of the rows before and after [I5, I6].
 */
import type { OrderColumns } from '../fact-columns.ts';
import { standing, topVersion, type Fact, type FactVersion } from '../facts.ts';
import type { Calendar } from '../time/calendar.ts';
import { factAsOf, factsAsOf } from './as-of.ts';
import { effectiveLead } from './lead-join.ts';
import type { Qualifying } from './qualifying.ts';

export interface OrderGroup {
  /** undefined while only refunds of it are known. */
  readonly order: Fact | undefined;
  /** Facts of kind refund that name this order, of its own source. */
  readonly refunds: readonly Fact[];
  /** Facts, over all sources, of the lead the order asks for its campaign (R13); none where it has a campaign of its own. */
  readonly leads: readonly Fact[];
}

export type Paid = FactVersion<'sales.order.paid'>;
type Refunded = FactVersion<'sales.order.refunded'>;

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
    customerId: customerOf(data),
    leadId: data.leadId ?? null,
    channel: data.channel,
    region: data.region,
    campaignId: campaignOf(paid, group.leads),
    counts,
    live: counts && !fullyRefunded(refunded, total),
    overRefunded: counts && refunded > total,
  };
}

/** Whose order it is: the customer it names, else its buyer. */
export function customerOf({ customerId, buyerId }: Paid['data']): string {
  return customerId ?? buyerId;
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

/** The group as it was at an instant: what happened later has not happened yet (R21). */
export function orderGroupAsOf({ order, refunds, leads }: OrderGroup, instant: number): OrderGroup {
  return { order: order && factAsOf(order, instant), refunds: factsAsOf(refunds, instant), leads: factsAsOf(leads, instant) };
}

/** The instants at which something of the group begins to hold, UTC ms, in no order. */
export function orderInstants({ order, refunds, leads }: OrderGroup): number[] {
  return [...(order ? [order] : []), ...refunds, ...leads].flatMap((fact) => fact.versions.map((version) => version.occurredAt));
}

/** The paid version where the order counts: not cancelled, and not known by its cancellation alone. */
export function countingPaid(order: Fact): Paid | undefined {
  const paid = standing(order, 'sales.order.paid');
  return paid && paid.version === topVersion(order) ? paid : undefined;
}

/** Counts, and is not fully refunded (R5). */
export function isLive(paid: Paid, refunds: readonly Fact[]): boolean {
  return refunds.length === 0 || !fullyRefunded(refundTotal(refunds), lineTotal(paid));
}

/** The order as an event that makes somebody a customer (R6), while it is live. */
export function liveOrder(group: OrderGroup): Qualifying | undefined {
  const paid = group.order && countingPaid(group.order);
  if (!paid || !isLive(paid, group.refunds)) return undefined;
  const { data, occurredAt: at } = paid;
  const { channel, region } = data;
  return { customerId: customerOf(data), at, channel, region, campaign: campaignOf(paid, group.leads) };
}

/** R13: its own campaign, else that of the lead it names, else none. */
export function campaignOf(paid: Paid, leads: readonly Fact[]): string | null {
  return paid.data.campaignId ?? effectiveLead(leads)?.data.campaignId ?? null;
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
