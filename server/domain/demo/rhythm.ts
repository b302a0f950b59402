/** How lively the market is at a moment: by hour of the business day and by weekday. Mean over a week is about one. */
import type { DemoWorld } from './world.ts';

/** Lunch and the evening peak; live streams keep selling through the night. */
const byHour = [24, 20, 18, 17, 17, 19, 26, 34, 42, 48, 50, 50, 50, 46, 43, 42, 42, 43, 44, 48, 53, 56, 48, 35];
const meanHour = byHour.reduce((a, b) => a + b, 0) / byHour.length;
/** Monday first. */
const byWeekday = [0.94, 0.92, 0.95, 0.97, 1.04, 1.12, 1.06];

/** Share of an ordinary minute's business, 1 = average. */
export function hourFactor(world: DemoWorld, at: number): number {
  return (byHour[world.calendar.hourOf(at)] as number) / meanHour;
}

/** 1 = ordinary day. Day 0 of the calendar, 1970-01-01, was a Thursday. */
export function weekdayFactor(day: number): number {
  return byWeekday[(((day + 3) % 7) + 7) % 7] as number;
}
