/** What the groups of the views are computed from. */
import type { Calendar } from '../../../domain/time/calendar.ts';
import type { ClockPort } from '../../ports/clock.ts';
import type { StoreReads } from '../../ports/reads.ts';

export interface ViewParts {
  readonly reads: StoreReads;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
}
