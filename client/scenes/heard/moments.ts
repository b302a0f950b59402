/** What deserves a moment on every scene: a big move of a competitor, and a target that is reached. Pure. */
import type { OverviewState } from '../../../shared/wire/views/overview.ts';

type Move = OverviewState['competitors'][number];
export type Reached = 'today' | 'month' | 'quarter';
export type Moment =
  | { readonly kind: 'move'; readonly key: string; readonly move: Move }
  | { readonly kind: 'reached'; readonly key: string; readonly what: Reached; readonly net: number; readonly target: number };

type Seen = Partial<OverviewState>;

const isReached = (net: number | null | undefined, target: number | null | undefined): boolean =>
  typeof net === 'number' && typeof target === 'number' && target > 0 && net >= target;

function reached(what: Reached, before: Seen, after: Seen): readonly Moment[] {
  const [old, now] = [before[what], after[what]];
  if (old === undefined || now === undefined || old.net === null || now.net === null || now.target === null) return [];
  const period = 'day' in now ? now.day : now.period;
  // A new period, or a target that was lowered, is no achievement of this moment.
  if (('day' in old ? old.day : old.period) !== period || old.target !== now.target) return [];
  if (isReached(old.net, old.target) || !isReached(now.net, now.target)) return [];
  return [{ kind: 'reached', key: `reached ${what} ${period} ${now.target}`, what, net: now.net, target: now.target }];
}

/** What happened between two states of the overview; nothing at the first one, which only says how things stand. */
export function momentsBetween(before: Seen | undefined, after: Seen | undefined): readonly Moment[] {
  if (before?.competitors === undefined || after === undefined) return [];
  const known = new Set(before.competitors.map(({ moveId }) => moveId));
  const newest = Math.max(...before.competitors.map(({ at }) => at), -Infinity);
  const moves = (after.competitors ?? [])
    // A move that comes back into the list because a newer one was withdrawn is no news.
    .filter(({ moveId, impact, at }) => impact === 'high' && !known.has(moveId) && at >= newest)
    .map((move): Moment => ({ kind: 'move', key: `move ${move.moveId}`, move }));
  return [...reached('today', before, after), ...reached('month', before, after), ...reached('quarter', before, after), ...moves];
}

/** Behind the one that is shown: half a minute of them, then a moment is over before its turn comes. */
const WAITING_MOST = 3;

/** What is shown stays; of those that wait the oldest moves give way, so that a flood of them neither lasts for hours nor fills the page. */
export function queued(waiting: readonly Moment[], fresh: readonly Moment[]): readonly Moment[] {
  const [shown, ...behind] = [...waiting, ...fresh];
  if (shown === undefined) return [];
  const targets = behind.filter(({ kind }) => kind === 'reached').slice(-WAITING_MOST);
  const moves = behind.filter(({ kind }) => kind === 'move');
  const room = WAITING_MOST - targets.length;
  return [shown, ...targets, ...moves.slice(moves.length - Math.min(room, moves.length))];
}
