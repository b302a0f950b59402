/** How much of each business hour of a day is over at an instant. */
import type { Calendar } from '../time/calendar.ts';

const QUARTER_MS = 15 * 60_000;

/**
 * For the 24 hours of the wall clock, 0 … 1, by real time: an hour that comes twice where clocks go back takes two hours to
 * be over, and one that is left out where they go forward is over with the hour before it.
 */
export function elapsedHours(calendar: Calendar, day: number, at: number): readonly number[] {
  const lasts = new Array<number>(24).fill(0);
  const over = new Array<number>(24).fill(0);
  const end = calendar.startOfDay(day + 1);
  for (let quarter = calendar.startOfDay(day); quarter < end; quarter += QUARTER_MS) {
    const hour = calendar.hourOf(quarter);
    lasts[hour] = (lasts[hour] ?? 0) + QUARTER_MS;
    over[hour] = (over[hour] ?? 0) + Math.min(QUARTER_MS, Math.max(0, at - quarter));
  }
  const parts = over.map((ms, hour) => ((lasts[hour] ?? 0) > 0 ? ms / (lasts[hour] ?? 1) : 0));
  return parts.map((part, hour) => ((lasts[hour] ?? 0) > 0 ? part : (parts[hour - 1] ?? 1) >= 1 ? 1 : 0));
}
