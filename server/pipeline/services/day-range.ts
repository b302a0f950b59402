/** `from` and `to` of a question about days: both belong to it. */
import type { Calendar } from '../../domain/time/calendar.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';

/** A longer question is asked in parts. */
const MOST_DAYS = 400;

export interface DayRange {
  /** Business days, half-open. */
  readonly from: number;
  readonly to: number;
}

/** @param days how many days end today where the question names none */
export function dayRange(
  asked: { readonly from: string | null; readonly to: string | null },
  calendar: Calendar,
  now: number,
  days: number,
): DayRange | Refusal {
  const last = asked.to === null ? calendar.dayOf(now) : calendar.parseDay(asked.to);
  if (last === undefined) return noDay('to', asked.to);
  const first = asked.from === null ? last - days + 1 : calendar.parseDay(asked.from);
  if (first === undefined) return noDay('from', asked.from);
  if (first > last) return refuse(400, 'bad_range', 'from is a day after to', { path: 'from' });
  if (last - first >= MOST_DAYS) return refuse(400, 'range_too_long', `a question spans ${MOST_DAYS} days at most`, { path: 'from' });
  return { from: first, to: last + 1 };
}

const noDay = (path: string, text: string | null): Refusal =>
  refuse(400, 'bad_day', `“${text ?? ''}” names no day; write it like 2026-11-23`, { path });
