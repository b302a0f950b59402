/**
 * The business calendar of one time zone: which business day and hour an instant
 * belongs to. Every fact of the fold asks it, so the answer must cost nanoseconds,
 * while Intl costs microseconds: Intl is asked once per UTC day and zone, its
 * answer kept as one integer, and a change of the zone's offset inside such a day
 * is found by bisection and kept to the second.
 *
 * A day is days since 1970-01-01 of the business date; an hour bucket is
 * day × 24 + the hour the wall clock shows (0–23). Where clocks go back, two
 * hours share a bucket; where they go forward, one bucket stays empty.
 */
import { createOffsetReader } from './zone-offset.ts';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** Days about which a market plans: 双11, 春节. */
export interface NodeDays {
  holds(day: number): boolean;
  /** The same day of its node the last two times, the newest first; none of a day of no node. */
  before(day: number): readonly number[];
}
const noNodeDays: NodeDays = { holds: () => false, before: () => [] };

export interface Calendar {
  readonly timeZone: string;
  readonly nodeDays: NodeDays;
  /** Business day of an instant (UTC ms). */
  dayOf(ms: number): number;
  /** Hour the wall clock shows, 0–23. */
  hourOf(ms: number): number;
  /** dayOf × 24 + hourOf */
  hourBucket(ms: number): number;
  /** First instant of a business day, UTC ms. A date the zone skipped starts where the next one does. */
  startOfDay(day: number): number;
  /** YYYY-MM-DD */
  formatDay(day: number): string;
  /** undefined for anything but an existing YYYY-MM-DD. */
  parseDay(text: string): number | undefined;
}

/** Offsets are kept for these UTC days (the contract admits 1990–2100); outside, Intl is asked each time. */
const FIRST_DAY = 0;
const LAST_DAY = 51_499;
const UNKNOWN = 0x7fff_ffff;
const CHANGES = 0x7fff_fffe;

/** An offset change inside a UTC day: `before` applies to instants below `at`. */
interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Throws RangeError for a name that is no IANA zone. */
export function createCalendar(timeZone: string, nodeDays: NodeDays = noNodeDays): Calendar {
  const readOffset = createOffsetReader(timeZone);
  /** Offset in ms per UTC day; CHANGES sends the reader to `changes`. */
  const offsets = new Int32Array(LAST_DAY - FIRST_DAY + 1).fill(UNKNOWN);
  const changes = new Map<number, Change>();

  /** The change inside [from, to), assuming at most one; undefined without. */
  function findChange(from: number, to: number): Change | undefined {
    const before = readOffset(from);
    const after = readOffset(to);
    if (before === after) return undefined;
    let low = from;
    let high = to;
    while (high - low > 1_000) {
      const middle = low + Math.floor((high - low) / 2_000) * 1_000;
      if (readOffset(middle) === before) low = middle;
      else high = middle;
    }
    return { at: high, before, after };
  }

  function learn(utcDay: number): number {
    const change = findChange(utcDay * DAY_MS, (utcDay + 1) * DAY_MS);
    if (change) {
      changes.set(utcDay, change);
      return (offsets[utcDay - FIRST_DAY] = CHANGES);
    }
    return (offsets[utcDay - FIRST_DAY] = readOffset(utcDay * DAY_MS));
  }

  function offsetAt(ms: number): number {
    const utcDay = Math.floor(ms / DAY_MS);
    if (utcDay < FIRST_DAY || utcDay > LAST_DAY) return readOffset(ms);
    let known = offsets[utcDay - FIRST_DAY] as number;
    if (known === UNKNOWN) known = learn(utcDay);
    if (known !== CHANGES) return known;
    const change = changes.get(utcDay) as Change;
    return ms < change.at ? change.before : change.after;
  }

  return {
    timeZone,
    nodeDays,
    dayOf: (ms) => Math.floor((ms + offsetAt(ms)) / DAY_MS),
    hourOf: (ms) => {
      const hours = Math.floor((ms + offsetAt(ms)) / HOUR_MS);
      return hours - Math.floor(hours / 24) * 24;
    },
    hourBucket: (ms) => Math.floor((ms + offsetAt(ms)) / HOUR_MS),
    startOfDay(day) {
      const midnight = day * DAY_MS;
      const before = offsetAt(midnight - DAY_MS);
      const after = offsetAt(midnight + DAY_MS);
      if (before === after) return midnight - before;
      const change = findChange(midnight - DAY_MS, midnight + DAY_MS);
      const early = midnight - before;
      if (!change || early < change.at) return early;
      return Math.max(change.at, midnight - after);
    },
    formatDay,
    parseDay,
  };
}

/** YYYY-MM-DD of a day number. */
export function formatDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Day number of an existing YYYY-MM-DD; undefined for anything else, such as 2026-02-30. */
export function parseDay(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms)) return undefined;
  const day = ms / DAY_MS;
  return formatDay(day) === text ? day : undefined;
}
