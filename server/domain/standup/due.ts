/** The date of a promise: a business day and a minute of the workspace's time zone. */
import type { DueDocument } from '../../../shared/standup/types.ts';
import { HOUR_MS, type Calendar } from '../time/calendar.ts';
import { refuse, type StandupRefusal } from './refusal.ts';

/** A promise of the next year is no promise of this team's stand-up. */
const FARTHEST_DAYS = 400;

/** UTC ms; refused where the day does not exist, lies far ahead, or the minute is over [SU2]. */
export function dueAtOf({ day, time }: DueDocument, calendar: Calendar, now: number): number | StandupRefusal {
  const number = calendar.parseDay(day);
  if (number === undefined) return refuse(422, 'bad_due', `There is no day ${day}.`, 'due/day');
  if (number > calendar.dayOf(now) + FARTHEST_DAYS) {
    return refuse(422, 'bad_due', `${day} is more than ${FARTHEST_DAYS} days ahead.`, 'due/day');
  }
  const at = minuteOf(calendar, number, time);
  return at > now ? at : refuse(422, 'due_passed', `${day} ${time} is over: a promise is for a time to come.`, 'due');
}

/** The instant at which the wall clock of a day shows `time`; where the clocks skip it, as long after midnight. */
function minuteOf(calendar: Calendar, day: number, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const plain = calendar.startOfDay(day) + hours * HOUR_MS + minutes * 60_000;
  // Where clocks changed since midnight, the hour shown is another one.
  const off = hours - calendar.hourOf(plain);
  const shifted = plain + (Math.abs(off) <= 2 ? off : 0) * HOUR_MS;
  return calendar.dayOf(shifted) === day ? shifted : plain;
}
