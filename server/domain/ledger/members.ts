/** Everything a group of facts ever was: what the ledger is written from anew. */
import type { Fact, FactVersion } from '../facts.ts';
import { stepsOf, type Step } from './steps.ts';

/** A fact with every version ever accepted. */
export interface FactWithHistory {
  readonly fact: Fact;
  /** Versions that do not stand. */
  readonly history: readonly FactVersion[];
}

/** Every version that ever came, in no order. */
export function allSteps({ fact, history }: FactWithHistory): Step[] {
  return stepsOf(fact, [...fact.versions, ...history]);
}

/** An order with all it was ever joined to. Refunds whose order is unknown come without one. */
export interface OrderMembers {
  readonly orderKey: string;
  readonly order: FactWithHistory | undefined;
  /** Every refund that names this order in any version: a correction may have moved it to another one. */
  readonly refunds: readonly FactWithHistory[];
  /** Facts of every lead the order's versions name, over all sources. */
  readonly leads: readonly FactWithHistory[];
}
/** A `lead.signed` fact with the facts of its lead. */
export interface SigningMembers {
  readonly signing: FactWithHistory;
  readonly leads: readonly FactWithHistory[];
}
/** Every order and signing that names the customer in any version. */
export interface CustomerMembers {
  readonly customerId: string;
  readonly orders: readonly OrderMembers[];
  readonly signings: readonly SigningMembers[];
}
/** A lead with every fact that speaks of it, over all sources, and its `lead.signed` facts. */
export interface LeadMembers {
  readonly leadId: string;
  readonly facts: readonly FactWithHistory[];
  readonly signings: readonly FactWithHistory[];
}
/** Every lead that names the contact in any version; for leads without one `contact` is null, and each comes by itself. */
export interface ContactMembers {
  readonly contact: string | null;
  readonly leads: readonly LeadMembers[];
}
export type EntityMembers =
  | { readonly entity: 'order'; readonly members: OrderMembers }
  | { readonly entity: 'customer'; readonly members: CustomerMembers }
  | { readonly entity: 'contact'; readonly members: ContactMembers }
  | { readonly entity: 'fact'; readonly members: FactWithHistory };
