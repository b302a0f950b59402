/** What the overview's groups are computed from. */
import type { Calendar } from '../../../domain/time/calendar.ts';
import type { ClockPort } from '../../ports/clock.ts';
import type { StoreReads } from '../../ports/reads.ts';

export interface OverviewParts {
  readonly reads: StoreReads;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
}
