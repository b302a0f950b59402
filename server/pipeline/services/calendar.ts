/** GET /api/calendar: which days are workdays, days off and days of nodes, and what each is compared with. */
import type { CalendarDay } from '../../../shared/kpi/calendar.ts';
import type { Nodes, NodesOf } from '../../domain/nodes/nodes.ts';
import { yearOf } from '../../domain/nodes/workdays.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal } from '../ports/refusal.ts';
import { dayRange } from './day-range.ts';
import type { CalendarService } from './services.ts';

/** Days shown where the question names none. */
const DAYS = 31;

export function createCalendarService(parts: {
  readonly reads: Pick<StoreReads, 'policies'>;
  readonly calendar: Calendar;
  readonly nodesOf: NodesOf;
  readonly clock: ClockPort;
}): CalendarService {
  const { reads, calendar, nodesOf, clock } = parts;
  return {
    async days(asked) {
      const range = dayRange(asked, calendar, clock.now(), DAYS);
      if (isRefusal(range)) return range;
      const { holidays } = await reads.policies();
      const nodes = nodesOf(holidays);
      const days = Array.from({ length: range.to - range.from }, (_, i) => described(nodes, calendar, range.from + i));
      return { timeZone: calendar.timeZone, days };
    },
  };
}

function described(nodes: Nodes, { formatDay }: Calendar, day: number): CalendarDay {
  const node = nodes.nodeOf(day);
  const like = nodes.likeDayLastYear(day);
  return {
    day: formatDay(day),
    kind: nodes.kindOf(day),
    holiday: nodes.holidayName(day) ?? null,
    arranged: nodes.isArranged(yearOf(day)),
    node: node ? { id: node.node, name: node.name, offset: node.offset } : null,
    weekdayLike: nodes.weekdayLike(day),
    comparedWith: like === undefined ? null : formatDay(like),
  };
}
