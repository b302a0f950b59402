/** What every part of the demo starts from: the seed, the moment it began, and the calendar it lives in. */
import type { WarroomEvent } from '../../../shared/events/registry.ts';
import type { Calendar } from '../time/calendar.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export interface DemoWorld {
  readonly seed: number;
  /** When the workspace was made, UTC ms. Stories and campaigns are placed around it. */
  readonly origin: number;
  readonly calendar: Calendar;
}

export function demoWorld(seed: number, origin: number, calendar: Calendar): DemoWorld {
  return { seed, origin, calendar };
}

/** An event and when it comes in, UTC ms; a mention is published some minutes before it is found. */
export interface DemoEvent {
  readonly at: number;
  readonly event: WarroomEvent;
}

export const OWN_BRAND = '山澜';
export const COMPETITORS = ['铂域', '禾川', '意朗', '拓沫'] as const;

/** How many days before its start the demo's business is known. */
export const PAST_DAYS = 183;

/** First business day of the demo's past. */
export function firstDayOf(world: DemoWorld): number {
  return world.calendar.dayOf(world.origin) - PAST_DAYS;
}

/** First instant of the day the demo began: from here on everything is told minute by minute. */
export function fineFrom(world: DemoWorld): number {
  return world.calendar.startOfDay(world.calendar.dayOf(world.origin));
}

/** Minute number (UTC minutes since 1970) an instant falls in. */
export function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS);
}
