/** GET /api/roster/gaps: the hours ahead in which nobody is on the roster for a role that the ladder calls. */
import { DAY_MS } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { RosterService } from './services.ts';

export function createRosterService({
  reads,
  clock,
}: {
  readonly reads: Pick<StoreReads, 'rosterGaps'>;
  readonly clock: ClockPort;
}): RosterService {
  return {
    async gaps(days) {
      const from = clock.now();
      const to = from + days * DAY_MS;
      const { roles, gaps } = await reads.rosterGaps({ from, to });
      return { from, to, roles, gaps, total: gaps.length, next: null };
    },
  };
}
