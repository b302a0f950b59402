/** The moment in the address of a board, and moves of it by minutes and days. Pure. */
import { hourMinute } from './instant.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const DAY_MINUTES = 1_440;

/** RFC 3339, or null for what is none. A `+` that was not percent-encoded arrives as a space. */
export function momentOf(text: string | null): number | null {
  const whole = (text ?? '').trim().replace(/ (?=\d\d:\d\d$)/u, '+');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/iu.test(whole)) return null;
  const at = Date.parse(whole);
  return Number.isNaN(at) ? null : at;
}

/** Without milliseconds: 2026-11-23T06:35:00Z */
export const textOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/u, 'Z');

/** Minutes since midnight on the clock of the time zone. */
export function minuteOfDay(at: number, timeZone: string): number {
  const [hours = 0, minutes = 0] = hourMinute(at, timeZone).split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * The moment of the same day at another minute of the clock. Between the two the clock may have been set forward or back: the
 * first guess is off by that much. A minute that the clock leaves out is the one as far behind the jump.
 */
export function atMinute(at: number, minute: number, timeZone: string): number {
  const whole = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const guess = whole + (minute - minuteOfDay(whole, timeZone)) * MINUTE_MS;
  const off = minute - minuteOfDay(guess, timeZone);
  // Near midnight the guess may lie in the day before or after.
  const near = off - Math.round(off / DAY_MINUTES) * DAY_MINUTES;
  const there = guess + near * MINUTE_MS;
  return minuteOfDay(there, timeZone) === minute ? there : guess;
}

/** The same minute of the clock so many days on, also where a day has 23 or 25 hours. */
export function daysOn(at: number, days: number, timeZone: string): number {
  return atMinute(at + days * DAY_MS, minuteOfDay(at, timeZone), timeZone);
}

/** Not before `first` and not behind `last`. */
export const within = (at: number, first: number, last: number): number => Math.min(last, Math.max(first, at));

/** By how much a key moves the moment; null for every other key. */
export function stepOfKey(key: string, far: boolean): number | null {
  switch (key) {
    case 'ArrowLeft':
      return far ? -60 * MINUTE_MS : -MINUTE_MS;
    case 'ArrowRight':
      return far ? 60 * MINUTE_MS : MINUTE_MS;
    case 'PageUp':
      return -DAY_MS;
    case 'PageDown':
      return DAY_MS;
    default:
      return null;
  }
}
