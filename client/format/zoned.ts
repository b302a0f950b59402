/** Wall-clock times of the business time zone as instants, and days as days of a calendar. Pure. */
import { dayOf, hourMinute } from './instant.ts';

const DAY_MS = 86_400_000;

/** 2026-11-23, 3 → 2026-11-26 */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** How far the clocks of the zone are ahead of UTC at an instant, in ms; whole minutes. */
function aheadAt(at: number, timeZone: string): number {
  const shown = Date.parse(`${dayOf(at, timeZone)}T${hourMinute(at, timeZone)}:00Z`);
  return shown - Math.floor(at / 60_000) * 60_000;
}

/**
 * The instant at which clocks of the zone show a day and a time; NaN where the text is none. A time that clocks skip is the
 * instant as far behind the jump, one that they show twice is the first of the two.
 */
export function instantAt(day: string, time: string, timeZone: string): number {
  const shown = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(shown)) return Number.NaN;
  const [before, after] = [shown - aheadAt(shown - DAY_MS, timeZone), shown - aheadAt(shown + DAY_MS, timeZone)];
  const fits = [before, after].filter((at) => aheadAt(at, timeZone) === shown - at);
  return fits.length === 0 ? before : Math.min(...fits);
}
