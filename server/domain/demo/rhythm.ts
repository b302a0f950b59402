/** How lively the market is at a moment: by hour of the business day and by weekday. Mean over a week is about one. */
import { campaignLift } from './campaigns.ts';
import { kept } from './kept.ts';
import { randomFor } from './random.ts';
import { firstDayOf, PAST_DAYS, type DemoWorld } from './world.ts';

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

/** How much the business has grown from the first day to the day the demo began. */
const GROWTH = 0.18;

/** What a day is worth against an ordinary one: its weekday, what campaigns add, growth, and better and worse days. */
export const dayFactor = kept(256, (world, day): number => {
  const mood = (at: number) => randomFor(world.seed, 'mood', at).next() - 0.5;
  // A good day is more often followed by one.
  const noise = 1 + 0.14 * (0.6 * mood(day) + 0.4 * mood(day - 1)) * 2;
  const grown = 1 - GROWTH * (1 - Math.min(1, Math.max(0, (day - firstDayOf(world)) / PAST_DAYS)));
  return weekdayFactor(day) * (1 + campaignLift(world, day)) * noise * grown;
});
