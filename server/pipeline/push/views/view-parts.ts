/** What the groups of the views are computed from. */
import type { AnomalyWatch } from '../../anomalies/watch.ts';
import type { NodesOf } from '../../../domain/nodes/nodes.ts';
import type { Calendar } from '../../../domain/time/calendar.ts';
import type { ClockPort } from '../../ports/clock.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { RunningSums } from '../running-sums.ts';

export interface ViewParts {
  readonly reads: StoreReads;
  readonly sums: Pick<RunningSums, 'ask' | 'sums'>;
  readonly anomalies: AnomalyWatch;
  readonly calendar: Calendar;
  /** Which days people work, by the policy `holidays`. */
  readonly nodesOf: NodesOf;
  readonly clock: ClockPort;
}
