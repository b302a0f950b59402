/** What a figure is made of: `GET /api/kpis/explain`. */
import type { FactKind } from '../events/define.ts';
import type { KpiValue } from './types.ts';

/** Why a row of the ledger was written (R26), and what moves a figure without one. */
export const kpiCauses = [
  'new',
  'late',
  'correction',
  'refund',
  'cancellation',
  'reclassification',
  'deletion',
  'reattribution',
  'target',
  'rule',
] as const;
export type KpiCause = (typeof kpiCauses)[number];

export const kpiParts = ['value', 'numerator', 'denominator'] as const;
export type KpiPart = (typeof kpiParts)[number];

/** A counted value of a dimension, such as a buyer, has that dimension's name as its kind. */
export interface ExplainedEntity {
  readonly kind: FactKind | 'customer' | 'buyer' | 'target' | (string & {});
  /** null for what belongs to no source: a customer, a buyer, a target. */
  readonly source: string | null;
  readonly id: string;
}

/** The event that changed an amount last. */
export interface ExplainedEvent {
  readonly source: string;
  /** Of the envelope; null for what an older version of the program stored. */
  readonly id: string | null;
  readonly type: string;
  /** RFC 3339 in UTC. */
  readonly time: string;
}

/** Instants are RFC 3339 in UTC. */
export interface ExplainedAmount {
  readonly entity: ExplainedEntity;
  /** When it belongs; null for a target, as the two after it. */
  readonly at: string | null;
  /** From when it holds. */
  readonly since: string | null;
  readonly receivedAt: string | null;
  readonly cause: KpiCause;
  readonly amount: number;
  /** null for a target, where a rule changed the amount, and where no version that stands names the customer any more. */
  readonly event: ExplainedEvent | null;
}

export interface KpiExplanation {
  readonly value: KpiValue;
  readonly part: KpiPart;
  /** Σ `amount` over all pages; null beyond what a number holds exactly, or where a target it needs is not set. */
  readonly sum: number | null;
  /** Rows of all pages. */
  readonly count: number;
  readonly rows: readonly ExplainedAmount[];
  /** Cursor of the next page; null on the last one. */
  readonly next: string | null;
}
