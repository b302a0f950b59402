/**
 * The demo's events over any stretch of time. A pure function of the world and the
 * stretch: [a, c) is [a, b) followed by [b, c), so the feed can stop and go on anywhere.
 */
import { campaignEvents, campaignHistory } from './campaigns.ts';
import { leadEvents } from './leads.ts';
import { marketDay, marketEvents } from './market.ts';
import { MENTIONS_BACK_MS, mentionEvents } from './mentions.ts';
import { orderEvents } from './orders.ts';
import { settledDay } from './settlements.ts';
import { fineFrom, minuteOf, MINUTE_MS, type DemoEvent, type DemoWorld } from './world.ts';

/** Events that come in within [from, to), UTC ms, in that order. Nothing before the first fine day but mentions. */
export function* demoEvents(world: DemoWorld, from: number, to: number): Generator<DemoEvent> {
  for (let minute = minuteOf(from); minute * MINUTE_MS < to; minute += 1) {
    for (const e of minuteEvents(world, minute)) if (e.at >= from && e.at < to) yield e;
  }
}

function minuteEvents(world: DemoWorld, minute: number): DemoEvent[] {
  const fine = minute * MINUTE_MS >= fineFrom(world);
  const parts = fine
    ? [orderEvents(world, minute), leadEvents(world, minute), campaignEvents(world, minute), marketEvents(world, minute)]
    : [];
  return [...mentionEvents(world, minute), ...parts.flat()].sort(inTime);
}

/** What happened before the first fine day: business days from `firstDay` on, in coarse strokes, by time. */
export function demoHistory(world: DemoWorld, firstDay: number): DemoEvent[] {
  const events = campaignHistory(world);
  for (let day = firstDay; day < world.calendar.dayOf(world.origin); day += 1) {
    events.push(...settledDay(world, day), ...marketDay(world, day));
  }
  return events.sort(inTime);
}

/** First instant `demoEvents` has anything for. */
export function demoEventsFrom(world: DemoWorld): number {
  return Math.min(fineFrom(world), world.origin - MENTIONS_BACK_MS);
}

/** Ids settle what happens in the same millisecond, so that the order is the same everywhere. */
function inTime(a: DemoEvent, b: DemoEvent): number {
  return a.at - b.at || (a.event.id < b.event.id ? -1 : 1);
}
