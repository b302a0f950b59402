/**
 * Which readings count for which period (S48): a version holds from the business day of its effective date on, so a period
 * keeps the readings in force on its first day, and a change never moves a period that had begun before it took effect.
 */
import { defaultReadings, readings, type Readings } from '../../../shared/kpi/readings.ts';
import type { Calendar } from '../time/calendar.ts';

/** A version of the policy as it was set; instants are UTC ms. */
export interface ReadingsVersion {
  readonly version: number;
  readonly value: unknown;
  readonly effectiveFrom: number;
  readonly setAt: number;
}

export interface ReadingsInForce {
  readonly readings: Readings;
  /** 0 = the defaults, which nobody set. */
  readonly version: number;
}

export interface ReadingsBook {
  /** The readings in force for a period that begins on this business day. */
  on(day: number): ReadingsInForce;
}

/** Fields that another version of the program kept are passed over; those it did not know yet have their defaults. */
const stored = readings.strip();

const defaults: ReadingsInForce = { readings: defaultReadings, version: 0 };

/** @param knownAt UTC ms: versions set later are not known yet (R28) */
export function readingsBook(history: readonly ReadingsVersion[], calendar: Pick<Calendar, 'dayOf'>, knownAt: number): ReadingsBook {
  const known = history
    .filter(({ setAt }) => setAt <= knownAt)
    .sort((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version)
    .map(({ effectiveFrom, version, value }) => ({ from: calendar.dayOf(effectiveFrom), version, readings: stored.parse(value) }));
  return { on: (day) => known.findLast(({ from }) => from <= day) ?? defaults };
}

/**
 * Hours after its end in which a business day takes facts as ordinary ones [I7]. Only what was set before the day ended
 * decides, so that the moment a day closes never moves afterwards.
 */
export function lateHours(history: readonly ReadingsVersion[], calendar: Pick<Calendar, 'dayOf' | 'startOfDay'>): (day: number) => number {
  if (history.length === 0) return () => defaultReadings.lateHours;
  return (day) => readingsBook(history, calendar, calendar.startOfDay(day + 1)).on(day).readings.lateHours;
}
