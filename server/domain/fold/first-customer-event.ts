/**
 * New customers (R6): a customer counts once, on the day, channel and region of the
 * first-ever live order or signing. Most batches only bring newer events of known
 * customers, so the stored first decides; the store is asked to search all facts only
 * when the first one moved, stopped qualifying, or is tied.
 */
import type { CellSums } from './cell-sums.ts';
import { dimsKey } from './dims-key.ts';
import type { OrderColumns } from '../fact-columns.ts';
import type { DimValue } from '../dim-value.ts';

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

/** What a batch did to qualifying events, by customer. */
export interface CustomerChanges {
  /** Earliest event that came new. */
  readonly came: Map<string, Qualifying>;
  /** Customers of whom an event moved or stopped qualifying, or two came at the same instant. */
  readonly unsure: Set<string>;
  /** All of them in the order they turned up, each once: their stored first events matter. */
  readonly ids: string[];
}

export function noCustomerChanges(): CustomerChanges {
  return { came: new Map(), unsure: new Set(), ids: [] };
}

export function noteChange(changes: CustomerChanges, before: Qualifying | undefined, after: Qualifying | undefined): void {
  if (before) {
    if (after && after.customerId === before.customerId && same(before, after)) return;
    noteUnsure(changes, before.customerId);
    if (after) noteUnsure(changes, after.customerId);
    return;
  }
  if (!after) return;
  const { came, unsure, ids } = changes;
  const rival = came.get(after.customerId);
  if (!rival) {
    came.set(after.customerId, after);
    if (!unsure.has(after.customerId)) ids.push(after.customerId);
  } else if (after.at < rival.at) came.set(after.customerId, after);
  else if (after.at === rival.at && !same(rival, after)) unsure.add(after.customerId);
}

function noteUnsure({ came, unsure, ids }: CustomerChanges, id: string): void {
  if (!came.has(id) && !unsure.has(id)) ids.push(id);
  unsure.add(id);
}

/**
 * Settles what needs no search: returns the new firsts, and adds to `changes.unsure` the
 * customers whose newcomer ties with the stored first.
 */
export function settle<C extends Qualifying>(changes: CustomerChanges, stored: ReadonlyMap<string, C>): Qualifying[] {
  const firsts: Qualifying[] = [];
  for (const [id, came] of changes.came) {
    if (changes.unsure.has(id)) continue;
    const first = stored.get(id);
    if (!first || came.at < first.at) firsts.push(came);
    else if (came.at === first.at && !same(first, came)) changes.unsure.add(id);
  }
  return firsts;
}

export function same(a: Qualifying, b: Qualifying): boolean {
  return a.at === b.at && a.day === b.day && a.channel === b.channel && a.region === b.region;
}

/** Adds a customer's first event to `sums`; `sign` −1 takes it out again. */
export function addCustomer(first: Qualifying, sums: CellSums, sign: 1 | -1): void {
  sums.add('newCustomers', first.day, dimsKey(first.channel, first.region), 0, sign);
}
