/**
 * The demo's events over any stretch of time. A pure function of the world and the
 * stretch: [a, c) is [a, b) followed by [b, c), so the feed can stop and go on anywhere.
 */
import { campaignEvents, campaignHistory, campaignSpend, overheads } from './campaigns.ts';
import { leadEvents, leadsWithSteps } from './leads.ts';
import { marketDay, marketEvents } from './market.ts';
import { MENTIONS_BACK_MS, mentionEvents } from './mentions.ts';
import { orderEvents, ordersWithFates } from './orders.ts';
import { pastMentions } from './past-mentions.ts';
import { fineFrom, firstDayOf, minuteOf, MINUTE_MS, type DemoEvent, type DemoWorld } from './world.ts';

/** Events that come in within [from, to), UTC ms, in that order. Nothing before the first fine day but mentions. */
export function* demoEvents(world: DemoWorld, from: number, to: number): Generator<DemoEvent> {
  for (let minute = minuteOf(from); minute * MINUTE_MS < to; minute += 1) {
    for (const e of minuteEvents(world, minute)) if (e.at >= from && e.at < to) yield e;
  }
}

function minuteEvents(world: DemoWorld, minute: number): DemoEvent[] {
  const fine = minute * MINUTE_MS >= fineFrom(world);
  const parts = fine
    ? [
        orderEvents(world, minute),
        leadEvents(world, minute),
        campaignEvents(world, minute),
        marketEvents(world, minute),
        booked(world, minute),
      ]
    : [];
  return [...mentionEvents(world, minute), ...parts.flat()].sort(inTime);
}

/** Spend of the day that belongs to no campaign, in the minutes it is booked in. */
function booked(world: DemoWorld, minute: number): DemoEvent[] {
  const start = minute * MINUTE_MS;
  return overheads(world, world.calendar.dayOf(start)).filter((e) => e.at >= start && e.at < start + MINUTE_MS);
}

/** What campaigns were planned before the day the demo began, and how far they were read and shared, by time. */
export function demoCampaignPast(world: DemoWorld): DemoEvent[] {
  return campaignHistory(world).sort(inTime);
}

/**
 * What else happened on one business day before the one the demo began on: orders and leads with what became of them, like
 * those of today, what campaigns cost, and a sample of what was said. Without complaints, which are stories somebody settles. What happened after
 * midnight of the day the demo began is told with that day.
 */
export function* demoPastDay(world: DemoWorld, day: number): Generator<DemoEvent> {
  yield* marketDay(world, day);
  yield* overheads(world, day);
  yield* campaignSpend(world, day);
  yield* pastMentions(world, day);
  const until = fineFrom(world);
  const end = minuteOf(world.calendar.startOfDay(day + 1));
  for (let minute = minuteOf(world.calendar.startOfDay(day)); minute < end; minute += 1) {
    for (const e of ordersWithFates(world, minute)) if (e.at < until) yield e;
    for (const e of leadsWithSteps(world, minute)) if (e.at < until) yield e;
  }
}

/** Everything before the day the demo began, from a business day on, but complaints: day by day, so that half a year is never held at once. */
export function* demoHistory(world: DemoWorld, firstDay: number): Generator<DemoEvent> {
  yield* demoCampaignPast(world);
  for (let day = Math.max(firstDay, firstDayOf(world)); day < world.calendar.dayOf(world.origin); day += 1) yield* demoPastDay(world, day);
}

/** First instant `demoEvents` has anything for. */
export function demoEventsFrom(world: DemoWorld): number {
  return Math.min(fineFrom(world), world.origin - MENTIONS_BACK_MS);
}

/** Ids settle what happens in the same millisecond, so that the order is the same everywhere. */
function inTime(a: DemoEvent, b: DemoEvent): number {
  return a.at - b.at || (a.event.id < b.event.id ? -1 : 1);
}
