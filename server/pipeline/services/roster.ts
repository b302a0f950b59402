/** GET /api/roster/gaps and POST /api/roster/plan: when nobody would be called, and the shifts of a weekly pattern. */
import { MAX_SHIFTS } from '../../../shared/incidents/roster.ts';
import { shiftsOfPattern } from '../../domain/escalation/week-pattern.ts';
import type { NodesOf } from '../../domain/nodes/nodes.ts';
import { DAY_MS, type Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal, refuse } from '../ports/refusal.ts';
import { dayRange } from './day-range.ts';
import type { RosterService } from './services.ts';

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

export function createRosterService(parts: {
  readonly reads: Pick<StoreReads, 'rosterGaps' | 'policies'>;
  readonly calendar: Calendar;
  readonly nodesOf: NodesOf;
  readonly clock: ClockPort;
}): RosterService {
  const { reads, calendar, nodesOf, clock } = parts;
  return {
    async gaps(days) {
      const from = clock.now();
      const to = from + days * DAY_MS;
      const { roles, gaps, contacts } = await reads.rosterGaps({ from, to });
      return { from, to, roles, gaps, contacts, total: gaps.length, next: null };
    },
    async plan({ pattern, from, to }) {
      const range = dayRange({ from, to }, calendar, clock.now(), 1);
      if (isRefusal(range)) return range;
      const { holidays } = await reads.policies();
      const timed = pattern.map((one) => ({ ...one, from: minuteOf(one.from), to: minuteOf(one.to) }));
      const shifts = shiftsOfPattern(timed, { from: range.from, to: range.to - 1 }, calendar, nodesOf(holidays));
      if (shifts.length <= MAX_SHIFTS) return { shifts };
      return refuse(400, 'range_too_long', `these are ${shifts.length} shifts; a roster has at most ${MAX_SHIFTS}`, { path: 'to' });
    },
  };
}
