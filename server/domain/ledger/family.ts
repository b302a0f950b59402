/** What a family of ledger rows is: which entity it looks at, what it groups by, what it measures, and its rows. */
import type { FactKind } from '../../../shared/events/define.ts';
import type { Fact, FactVersion } from '../facts.ts';
import type { Calendar } from '../time/calendar.ts';
import type { CustomerEvents } from './customer-events.ts';
import type { LeadInContact } from '../fold/lead-states.ts';
import type { OrderGroup } from '../fold/order-group.ts';
import type { TimedRow } from './row.ts';

/** What rows depend on besides their entity. */
export interface RowContext {
  readonly calendar: Calendar;
  /** Threshold of the polarity policy. */
  readonly threshold: number;
}

/** A fact of which every version counts: those that speak one after the other (R28). */
export interface SpeakingVersions {
  /** Fact key. */
  readonly key: string;
  /** By time, each higher than the one before. */
  readonly speaking: readonly FactVersion[];
}

/** Entities rows can be made of: a fact that stands for itself, or with all its versions, an order with what it is joined to, a customer, a lead among those of its contact. */
export interface Entities {
  readonly fact: Fact;
  readonly versions: SpeakingVersions;
  readonly order: OrderGroup;
  readonly customer: CustomerEvents;
  readonly lead: LeadInContact;
}

export interface Family<E extends keyof Entities = keyof Entities> {
  /** One line for people: what the rows count. */
  readonly title: string;
  readonly entity: E;
  /** Kinds of facts whose change may change rows of this family. */
  readonly facts: readonly FactKind[];
  readonly dims: readonly string[];
  readonly measures: readonly string[];
  /** The rows of an entity as it is known: a pure function, without regard to how the entity came to be so. */
  rows(entity: Entities[E], context: RowContext): readonly TimedRow[];
}
