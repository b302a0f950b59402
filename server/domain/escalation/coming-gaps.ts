/**
 * Stretches of the coming week in which a new story would call nobody, each in full: a gap is known by its beginning, and
 * the beginning must not move with the moment at which somebody looks.
 */
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import { DAY_MS } from '../time/calendar.ts';
import type { RosterBook } from './roster.ts';

/** So long before it begins a gap is shown and told. */
export const GAP_AHEAD_MS = 7 * DAY_MS;
/** Nothing further away is told apart from “always”. */
const HORIZON_MS = 400 * DAY_MS;

/** UTC ms; null: since always, or with no end in sight. */
export interface ComingGap {
  readonly from: number | null;
  readonly to: number | null;
}

/** In the order of time. `roles`: those the first step of the ladder calls. */
export function comingGaps(book: RosterBook, roles: readonly RosterRole[], now: number): readonly ComingGap[] {
  const [first, last] = [now - HORIZON_MS, now + HORIZON_MS];
  return book
    .uncovered(roles, first, last)
    .filter(({ from, to }) => from < now + GAP_AHEAD_MS && to > now)
    .map(({ from, to }) => ({ from: from === first ? null : from, to: to === last ? null : to }));
}
