/**
 * A row of the ledger: what one entity counts for, from an instant on. Rows are signed and only ever appended:
 * a change of an entity appends the difference between its rows before and after. Every figure is a sum over rows.
 */
import type { FactKind } from '../../../shared/events/define.ts';
import type { DimValue } from '../dim-value.ts';
import type { FamilyName } from './registry.ts';

/** Why a row was appended (R26). */
export const causes = [
  'new',
  'late',
  'correction',
  'refund',
  'cancellation',
  'reclassification',
  'deletion',
  'reattribution',
  'rule',
] as const;
export type Cause = (typeof causes)[number];

/** Whose row it is: a fact by its kind, or a customer. */
export type EntityKind = FactKind | 'customer';

/** A row as the state of its entity gives it, before it is known when and why it came into the ledger. */
export interface TimedRow {
  readonly kind: EntityKind;
  /** Fact key, or customer id. */
  readonly entity: string;
  /** The instant whose day and hour the row belongs to, UTC ms. */
  readonly at: number;
  /** Event time from which the row holds, UTC ms: `asOf` asks for the rows with `since` up to it (R21). */
  readonly since: number;
  /** In the order of the family. */
  readonly dims: readonly DimValue[];
  /** Signed integers in the order of the family. */
  readonly measures: readonly number[];
}

export interface LedgerRow extends TimedRow {
  /** Name in the registry of families. */
  readonly family: FamilyName;
  /** The store's clock when the change was received, UTC ms: `knownAt` asks for the rows received up to it (R21). */
  readonly received: number;
  readonly cause: Cause;
}

/** The row as it comes into the ledger. Written out because a spread costs several times as much, on every row there is. */
export function appended(row: TimedRow, family: FamilyName, received: number, cause: Cause): LedgerRow {
  const { kind, entity, at, since, dims, measures } = row;
  return { family, kind, entity, at, since, dims, measures, received, cause };
}
