/** The shape of `GET /api/restatements`: facts that came for a day already closed, beside the closed figure, which stays. */
import type { KpiValue } from './types.ts';

export interface Restatement {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly kpi: string;
  readonly dimension: KpiValue['dimension'];
  readonly closedValue: number | null;
  readonly value: number | null;
  readonly difference: number | null;
  /** A cause of R26. */
  readonly cause: string;
  /** RFC 3339 */
  readonly receivedAt: string;
}
export interface RestatementPage {
  readonly rows: readonly Restatement[];
  readonly total: number;
  readonly next: string | null;
}
