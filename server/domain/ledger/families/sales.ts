/**
 * Sales: paid orders and their refunds, by the groups of lines an order holds. An order has one row for each category
 * and core it holds, so that sums need no lines and whoever holds a category is counted exactly.
 */
import type { DimValue } from '../../dim-value.ts';
import type { Fact } from '../../facts.ts';
import {
  campaignOf,
  countingPaid,
  isLive,
  orderGroupAsOf,
  orderInstants,
  refundOf,
  type OrderGroup,
  type Paid,
} from '../../fold/order-group.ts';
import { refundParts } from '../../fold/refund-parts.ts';
import type { Family } from '../family.ts';
import type { TimedRow } from '../row.ts';
import { timeline, type StateRow } from '../timeline.ts';

export const sales = {
  title: 'Paid orders and refunds, in minor units',
  entity: 'order',
  facts: ['order', 'refund', 'lead'],
  /** `buyer` and `customer` stand on the rows of orders only (R7). */
  dims: ['channel', 'region', 'campaign', 'category', 'core', 'buyer', 'customer'],
  /**
   * `paid` on the day of payment; `refunded` on the refund's day; `cohortRefunded` the same on the order's day. `orders` is 1
   * on the first row of an order that is not fully refunded (R5), `holds` is 1 on each of its rows; `inCategory` is 1 on the
   * first of its rows with that category, `inCore` on the first that is core, or that is not: so orders by any dimension
   * are a sum. `costed` is what was paid of lines with a cost and `cost` that cost; `costedRefunded` is what was given back
   * of such lines, on the refund's day: a margin is `costed` − `costedRefunded` − `cost` (R14).
   */
  measures: ['paid', 'refunded', 'cohortRefunded', 'orders', 'holds', 'inCategory', 'inCore', 'costed', 'cost', 'costedRefunded'],
  rows: orderRows,
} as const satisfies Family<'order'>;

const COSTED = sales.measures.indexOf('costed');
const COST = sales.measures.indexOf('cost');

const noRows: readonly TimedRow[] = [];

function orderRows(group: OrderGroup): readonly TimedRow[] {
  const { order, refunds, leads } = group;
  // One version and nothing joined to it: by far the most orders. Their rows hold from their own instant on.
  if (order?.versions.length === 1 && refunds.length === 0 && leads.length === 0) {
    const paid = countingPaid(order);
    return paid ? lineRows(order.key, paid, campaignOf(paid, leads), true) : noRows;
  }
  return timeline(orderInstants(group), (instant) => stateRows(orderGroupAsOf(group, instant)));
}

function stateRows({ order, refunds, leads }: OrderGroup): readonly StateRow[] {
  if (!order) return refunds.flatMap(orphanRows);
  const paid = countingPaid(order);
  // An order that stands as cancelled counts nowhere, and its refunds with it (R4).
  if (!paid) return noRows;
  const campaign = campaignOf(paid, leads);
  const rows = lineRows(order.key, paid, campaign, isLive(paid, refunds));
  return refunds.length === 0 ? rows : [...rows, ...refunds.flatMap((refund) => refundRows(refund, paid, campaign))];
}

/** Rows by category and core, as if nothing but the payment had happened yet. */
function lineRows(entity: string, { occurredAt: at, data }: Paid, campaign: string | null, live: boolean): TimedRow[] {
  const rows: { kind: 'order'; entity: string; at: number; since: number; dims: DimValue[]; measures: number[] }[] = [];
  const { channel, region, buyerId: buyer, customerId: customer = buyer, lines } = data;
  const holds = live ? 1 : 0;
  for (const { category, core, amount, cost } of lines) {
    const coreValue = core ? 'true' : 'false';
    const costed = cost === undefined ? 0 : amount;
    const same = placeOf(rows, category, coreValue);
    if (same) {
      same.measures[0] = (same.measures[0] ?? 0) + amount;
      same.measures[COSTED] = (same.measures[COSTED] ?? 0) + costed;
      same.measures[COST] = (same.measures[COST] ?? 0) + (cost ?? 0);
    } else {
      const dims = [channel, region, campaign, category, coreValue, buyer, customer];
      const inOrder = rows.length === 0 ? holds : 0;
      const inCategory = hasDim(rows, 3, category) ? 0 : holds;
      const inCore = hasDim(rows, 4, coreValue) ? 0 : holds;
      const measures = [amount, 0, 0, inOrder, holds, inCategory, inCore, costed, cost ?? 0, 0];
      rows.push({ kind: 'order', entity, at, since: at, dims, measures });
    }
  }
  return rows;
}

function placeOf<R extends { readonly dims: readonly DimValue[] }>(rows: readonly R[], category: string, core: string): R | undefined {
  for (const row of rows) if (row.dims[3] === category && row.dims[4] === core) return row;
  return undefined;
}

function hasDim(rows: readonly { readonly dims: readonly DimValue[] }[], place: number, value: DimValue): boolean {
  for (const row of rows) if (row.dims[place] === value) return true;
  return false;
}

function refundRows(fact: Fact, paid: Paid, campaign: string | null): readonly StateRow[] {
  const refund = refundOf(fact);
  if (!refund) return noRows;
  const { lines, channel, region } = paid.data;
  const { byLine, unknown } = refundParts(lines, refund.data);
  const parts = new Map<string, { dims: DimValue[]; amount: number; costed: number }>();
  const add = (category: DimValue, core: DimValue, amount: number, hasCost: boolean): void => {
    if (amount === 0) return;
    const key = `${core} ${category ?? ''}`;
    let part = parts.get(key);
    if (!part) parts.set(key, (part = { dims: [channel, region, campaign, category, core, null, null], amount: 0, costed: 0 }));
    part.amount += amount;
    if (hasCost) part.costed += amount;
  };
  lines.forEach(({ category, core, cost }, i) => add(category, core ? 'true' : 'false', byLine[i] ?? 0, cost !== undefined));
  // A part whose SKU the order does not hold has no cost (R3).
  add(null, null, unknown, false);
  return [...parts.values()].flatMap((part) => onBothDays(fact.key, refund.occurredAt, paid.occurredAt, part));
}

/** A refund whose order is not known yet: in the total and in the 未归属 cell (R2). */
function orphanRows(fact: Fact): readonly StateRow[] {
  const refund = refundOf(fact);
  if (!refund) return noRows;
  const { occurredAt: at, data } = refund;
  return onBothDays(fact.key, at, at, { dims: [null, null, null, null, null, null, null], amount: data.amount, costed: 0 });
}

interface RefundPart {
  readonly dims: readonly DimValue[];
  readonly amount: number;
  /** How much of it was given back of lines with a cost. */
  readonly costed: number;
}

/** Cash view on the refund's own day, cohort view on the order's. */
function onBothDays(entity: string, at: number, orderAt: number, { dims, amount, costed }: RefundPart): StateRow[] {
  return [
    { kind: 'refund', entity, at, dims, measures: [0, amount, 0, 0, 0, 0, 0, 0, 0, costed] },
    { kind: 'refund', entity, at: orderAt, dims, measures: [0, 0, amount, 0, 0, 0, 0, 0, 0, 0] },
  ];
}
