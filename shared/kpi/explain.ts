/** The shapes of `GET /api/kpis/explain` and `GET /api/kpis/change`. */
import type { KpiValue } from './types.ts';

export type KpiPart = 'value' | 'numerator' | 'denominator';

export interface ExplainedRow {
  readonly entity: { readonly kind: string; readonly source: string; readonly id: string };
  /** When it happened, when it was known, and when it was received; RFC 3339. */
  readonly at: string;
  readonly since: string;
  readonly receivedAt: string;
  /** A cause of R26. */
  readonly cause: string;
  readonly amount: number;
  /** The latest event that changed the amount. */
  readonly event: { readonly source: string; readonly id: string; readonly type: string; readonly time: string };
}
export interface Explanation {
  readonly value: KpiValue;
  readonly part: KpiPart;
  readonly sum: number;
  readonly count: number;
  readonly rows: readonly ExplainedRow[];
  readonly next: string | null;
}

export interface ChangeCause {
  readonly cause: string;
  readonly count: number;
  readonly difference: number;
}
export interface KpiChange {
  readonly from: KpiValue;
  readonly to: KpiValue;
  readonly difference: number | null;
  readonly causes: readonly ChangeCause[];
}
