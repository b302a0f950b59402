/** A figure beside that of another period: `GET /api/kpis/compare`. */
import type { KpiValue } from './types.ts';

export interface ComparedPart {
  /** null: what cells that overlap, such as buyers by channel, leave of the whole. */
  readonly dimension: KpiValue['dimension'];
  readonly kind: 'cell' | 'overlap';
  readonly now: number | null;
  readonly base: number | null;
  /** What the part adds to the difference of the whole; null where that has none. */
  readonly difference: number | null;
  /** Of a ratio (R27): what the change of the part's weight, and what the change of its own ratio adds. */
  readonly mix?: number | null;
  readonly rate?: number | null;
  /** Of the part 其他: how many cells of the dimension it holds. */
  readonly others?: number;
}

export interface KpiComparison {
  readonly now: KpiValue;
  /** null where there is no such period: a node day no calendar knows. */
  readonly base: KpiValue | null;
  readonly difference: number | null;
  /** Up to when the base was looked at, RFC 3339 in UTC; null: all of it. */
  readonly baseAsOf: string | null;
  /** Empty without `by`. */
  readonly parts: readonly ComparedPart[];
}
