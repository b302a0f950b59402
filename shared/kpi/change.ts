/** Why a figure is another than it was known to be: `GET /api/kpis/change`. */
import type { KpiCause } from './explain.ts';
import type { KpiValue } from './types.ts';

export interface CauseOfChange {
  readonly cause: KpiCause;
  /** Events of that cause that moved the cell. */
  readonly count: number;
  /** null where either end has no value. */
  readonly difference: number | null;
}

export interface KpiChange {
  /** As known at either moment. */
  readonly from: KpiValue;
  readonly to: KpiValue;
  /** null where either end has no value. */
  readonly difference: number | null;
  /** In the order of R26; those with nothing to say are left out. Their differences add up to the difference. */
  readonly causes: readonly CauseOfChange[];
}
