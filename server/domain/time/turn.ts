/** When what depends on the business calendar next turns [S6]. */
import { HOUR_MS, type Calendar } from './calendar.ts';

/** Offsets of zones are whole quarters of an hour, so hours of the wall clock begin and end at one. */
const QUARTER_MS = 15 * 60_000;

/**
 * The next instant after `now` (UTC ms) at which the business hour is another one. Days, months, quarters and years turn
 * at such an instant too, also where clocks change.
 */
export function nextHour(calendar: Calendar, now: number): number {
  const hour = calendar.hourBucket(now);
  let at = (Math.floor(now / QUARTER_MS) + 1) * QUARTER_MS;
  // Where clocks go back two hours share a bucket; two more cannot.
  for (const end = now + 4 * HOUR_MS; at < end && calendar.hourBucket(at) === hour;) at += QUARTER_MS;
  return at;
}

/** The next instant after `now` at which the business day is another one. */
export function nextDay(calendar: Calendar, now: number): number {
  return calendar.startOfDay(calendar.dayOf(now) + 1);
}
