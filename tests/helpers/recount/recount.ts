/**
 * Cells counted from facts: an independent way to say what everything counts for, kept to hold the ledger against.
 *
 * R21: `knownAt` cuts what was known: of each type's versions the highest one received by
 * then stands. `asOf` then cuts event time: what happened later has not happened yet.
 */
import type { CellAddition, CellFamily } from './cells.ts';
import { addCustomer, qualifyingOrder, type Qualifying } from './first-customer-event.ts';
import type { OrderColumns } from '../../../server/domain/fact-columns.ts';
import { standing, type Fact, type FactVersion } from '../../../server/domain/facts.ts';
import type { FactWithHistory, OrderMembers, SigningMembers } from '../../../server/domain/ledger/members.ts';
import { createCellSums } from './cell-sums.ts';
import { askedLead } from '../../../server/domain/fold/lead-join.ts';
import { mentionColumns } from '../../../server/domain/fold/mention.ts';
import { orderColumns, refundOf, type OrderGroup } from '../../../server/domain/fold/order-group.ts';
import { addOrderGroup } from './order-cells.ts';
import { refundedOrder } from '../../../server/domain/fold/refunded-order.ts';
import { qualifyingSigning } from './signing.ts';
import { addMention, addSpend } from './plain-cells.ts';
import type { Calendar } from '../../../server/domain/time/calendar.ts';

/** UTC ms, inclusive; absent = everything. */
export interface RecountCut {
  readonly asOf?: number;
  readonly knownAt?: number;
}

export type RecountGroup = OrderMembers | SigningMembers | { readonly mention: FactWithHistory } | { readonly spend: FactWithHistory };

/** The fact as the cut shows it; undefined when there is none of it yet. */
export function factAt({ fact, history }: FactWithHistory, cut: RecountCut): Fact | undefined {
  const { asOf, knownAt } = cut;
  let versions = fact.versions;
  if (knownAt !== undefined) {
    const known = new Map<string, FactVersion>();
    for (const version of [...fact.versions, ...history]) {
      if (version.receivedAt > knownAt) continue;
      const best = known.get(version.type);
      if (!best || version.version > best.version) known.set(version.type, version);
    }
    versions = [...known.values()];
  }
  if (asOf !== undefined) versions = versions.filter((version) => version.occurredAt <= asOf);
  return versions.length === 0 ? undefined : { ...fact, versions };
}

/** An order group as the cut shows it, with its columns; undefined when nothing of it is there. */
export function orderAt(
  members: OrderMembers,
  cut: RecountCut,
  calendar: Calendar,
): { group: OrderGroup; columns: OrderColumns | undefined } | undefined {
  const order = members.order && factAt(members.order, cut);
  const refunds = present(members.refunds, cut).filter((fact) => names(fact, members.orderKey));
  if (!order && refunds.length === 0) return undefined;
  const leadId = askedLead(order);
  const leads = leadId === null ? [] : present(members.leads, cut).filter((fact) => standing(fact, 'lead.created')?.data.leadId === leadId);
  const group: OrderGroup = { order, refunds, leads };
  return { group, columns: order && orderColumns(order, group, calendar) };
}

function names(refundFact: Fact, orderKey: string): boolean {
  const refund = refundOf(refundFact);
  return refund !== undefined && refundedOrder(refundFact.source, refund) === orderKey;
}

export interface RecountOptions {
  readonly cut: RecountCut;
  readonly calendar: Calendar;
  /** Threshold of the polarity policy. */
  readonly threshold: number;
}

/**
 * Additions of one family over a stream of groups. `newCustomers` needs every order and
 * signing of its customers; the other families may be given any part of the facts.
 */
export function cellsFromFacts(groups: Iterable<RecountGroup>, family: CellFamily, options: RecountOptions): CellAddition[] {
  const { cut, calendar, threshold } = options;
  const sums = createCellSums();
  const firsts = new Map<string, Ranked>();
  for (const group of groups) {
    if ('mention' in group) {
      const fact = factAt(group.mention, cut);
      if (fact) addMention(fact, mentionColumns(fact, calendar, threshold), calendar, sums, 1);
    } else if ('spend' in group) {
      const fact = factAt(group.spend, cut);
      if (fact) addSpend(fact, calendar, sums, 1);
    } else if ('signing' in group) offer(firsts, group.signing.fact.key, signingAt(group, cut, calendar));
    else {
      const at = orderAt(group, cut, calendar);
      if (!at) continue;
      addOrderGroup(at.group, calendar, sums, 1);
      if (at.group.order) offer(firsts, at.group.order.key, qualifyingOrder(at.columns));
    }
  }
  for (const { first } of firsts.values()) addCustomer(first, sums);
  return sums.drain().filter((addition) => addition.family === family);
}

interface Ranked {
  readonly key: string;
  readonly first: Qualifying;
}

/** Keeps a customer's first event; ties to the earlier fact key (as `firstEvents` of the store). */
function offer(firsts: Map<string, Ranked>, key: string, candidate: Qualifying | undefined): void {
  if (!candidate) return;
  const best = firsts.get(candidate.customerId);
  if (best && (candidate.at > best.first.at || (candidate.at === best.first.at && key >= best.key))) return;
  firsts.set(candidate.customerId, { key, first: candidate });
}

function signingAt({ signing, leads }: SigningMembers, cut: RecountCut, calendar: Calendar): Qualifying | undefined {
  const fact = factAt(signing, cut);
  return fact && qualifyingSigning(fact, present(leads, cut), calendar);
}

function present(facts: readonly FactWithHistory[], cut: RecountCut): Fact[] {
  const there: Fact[] = [];
  for (const one of facts) {
    const fact = factAt(one, cut);
    if (fact) there.push(fact);
  }
  return there;
}
