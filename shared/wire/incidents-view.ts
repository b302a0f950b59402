/** The incident list page's view. */
import type { IncidentView } from '../incidents/types.ts';

export interface IncidentsState {
  /** Not resolved and not false alarms, nearest deadline first. */
  readonly open: readonly IncidentView[];
  /** The last ones closed, newest first, at most 50. */
  readonly recent: readonly IncidentView[];
  /** Negative mentions too old to open a clock, waiting for a decision (补录待定). */
  readonly pendingHistory: number;
}
