/**
 * When the figures of a period are final [I7]. A business day closes by itself when its late window is over; a month closes
 * by hand, else by itself when the 5th of the following month begins. Weeks close with the last of their days, quarters and
 * years with the last of their months. What ended before the workspace was made is history: it closes by hand alone.
 */
import type { Grain } from '../../../shared/kpi/types.ts';
import { HOUR_MS, type Calendar } from '../time/calendar.ts';
import { periodOf, type Period } from '../time/period.ts';

/** A closing that a person recorded. */
export interface HandClosing {
  readonly grain: 'day' | 'month';
  /** As it is written in queries: 2026-11-23, 2026-11. */
  readonly period: string;
  /** UTC ms. */
  readonly at: number;
  readonly owner: string;
  readonly reason: string;
}

export interface Closing {
  /** UTC ms; may lie ahead. */
  readonly at: number;
  /** null = the period closes by itself. */
  readonly byHand: HandClosing | null;
}

export type PeriodState = 'live' | 'settling' | 'closed';

export interface ClosingBook {
  /** How the period closed or will close; undefined for history that nobody closed. */
  closingOf(period: Period): Closing | undefined;
  /** History that nobody closed is `closed` from the beginning. */
  stateOf(period: Period, at: number): PeriodState;
  /** The moment at which the period closed, where that is not after `at`. */
  closedAt(period: Period, at: number): number | undefined;
  isHistory(period: Pick<Period, 'to'>): boolean;
  /** The first day from `day` on that is closed at a moment; undefined where none is. */
  firstClosedDay(day: number, at: number): number | undefined;
}

export interface ClosingParts {
  readonly calendar: Calendar;
  /** The workspace's making, UTC ms. */
  readonly workspaceSince: number;
  readonly byHand: readonly HandClosing[];
  /** Hours after its end in which a day takes facts as ordinary ones. */
  readonly lateHours: (day: number) => number;
}

/** A month that nobody closed closes when this day of the following month begins (S33). */
const CLOSING_DAY = 5;

export function closingBook({ calendar, workspaceSince, byHand, lateHours }: ClosingParts): ClosingBook {
  const hand = new Map(byHand.map((closing) => [`${closing.grain} ${closing.period}`, closing]));
  const endOf = ({ to }: Pick<Period, 'to'>): number => calendar.startOfDay(to);
  const isHistory = (period: Pick<Period, 'to'>): boolean => endOf(period) <= workspaceSince;
  const handOf = ({ grain, name }: Period): HandClosing | undefined => hand.get(`${grain} ${name}`);

  function closingOfDay(day: Period): Closing | undefined {
    if (!isHistory(day)) return { at: endOf(day) + lateHours(day.from) * HOUR_MS, byHand: null };
    // Who closes a month of history closes its days.
    return earliest([handOf(day), handOf(periodOf('month', day.from))]);
  }

  function closingOfMonth(month: Period): Closing | undefined {
    const recorded = earliest([handOf(month)]);
    if (recorded || isHistory(month)) return recorded;
    const lastDay = closingOfDay(periodOf('day', month.to - 1));
    return { at: Math.max(calendar.startOfDay(month.to + CLOSING_DAY - 1), lastDay?.at ?? 0), byHand: null };
  }

  /** The last of the parts that are no history; of nothing but history, once all of it was closed by hand, the last. */
  function closingOfParts(parts: readonly Period[], closingOfPart: (part: Period) => Closing | undefined): Closing | undefined {
    const deciding = parts.some((part) => !isHistory(part)) ? parts.filter((part) => !isHistory(part)) : parts;
    let last: Closing | undefined;
    for (const part of deciding) {
      const closing = closingOfPart(part);
      if (!closing) return undefined;
      if (!last || closing.at > last.at) last = closing;
    }
    return last;
  }

  function closingOf(period: Period): Closing | undefined {
    switch (period.grain) {
      case 'day':
        return closingOfDay(period);
      case 'month':
        return closingOfMonth(period);
      case 'week':
        return closingOfParts(partsOf(period, 'day'), closingOfDay);
      case 'quarter':
      case 'year':
        return closingOfParts(partsOf(period, 'month'), closingOfMonth);
    }
  }

  function closedAt(period: Period, at: number): number | undefined {
    if (at < endOf(period)) return undefined;
    const closing = closingOf(period);
    return closing && closing.at <= at ? closing.at : undefined;
  }

  return {
    closingOf,
    closedAt,
    isHistory,
    stateOf(period, at) {
      if (at < endOf(period)) return 'live';
      return isHistory(period) || closedAt(period, at) !== undefined ? 'closed' : 'settling';
    },
    firstClosedDay(from, at) {
      const last = calendar.dayOf(at);
      // Of history only what somebody closed is closed: a look at the few closings instead of at all days.
      const made = calendar.dayOf(workspaceSince);
      const closed = byHand
        .filter((closing) => closing.at <= at)
        .flatMap(({ grain, period }) => daysOf(grain, period, calendar))
        .filter((day) => day >= from && isHistory({ to: day + 1 }));
      for (let day = Math.max(from, made); day <= last; day++) {
        if (closedAt(periodOf('day', day), at) === undefined) continue;
        closed.push(day);
        break;
      }
      return closed.length === 0 ? undefined : closed.reduce((a, b) => Math.min(a, b));
    },
  };
}

/** The days or months a longer period consists of. */
export function partsOf({ from, to }: Pick<Period, 'from' | 'to'>, grain: Extract<Grain, 'day' | 'month'>): readonly Period[] {
  const parts: Period[] = [];
  for (let day = from; day < to;) {
    const part = periodOf(grain, day);
    parts.push(part);
    day = part.to;
  }
  return parts;
}

function daysOf(grain: HandClosing['grain'], name: string, calendar: Pick<Calendar, 'parseDay'>): readonly number[] {
  const first = calendar.parseDay(grain === 'day' ? name : `${name}-01`);
  if (first === undefined) return [];
  const { from, to } = periodOf(grain, first);
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function earliest(closings: readonly (HandClosing | undefined)[]): Closing | undefined {
  let first: HandClosing | undefined;
  for (const closing of closings) if (closing && (!first || closing.at < first.at)) first = closing;
  return first && { at: first.at, byHand: first };
}
