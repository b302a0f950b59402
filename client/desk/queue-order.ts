/** The order of the queue and its filters. Pure. */
import { grades } from '../../shared/incidents/grades.ts';
import { FIRE_BELOW_MS, SOON_BELOW_MS } from '../../shared/wire/constants.ts';
import type { Urgency } from '../state/urgency.ts';
import { gradeOf, urgencyOf, type Story } from './story-fields.ts';
import { nextClock } from './next-clock.ts';

const urgencies: readonly Urgency[] = ['breached', 'fire', 'soon', 'calm'];

interface Keyed {
  readonly story: Story;
  readonly urgency: number;
  readonly grade: number;
  readonly dueAt: number;
}

const keyed = (story: Story, now: number): Keyed => ({
  story,
  urgency: urgencies.indexOf(urgencyOf(story, now)),
  grade: grades.indexOf(gradeOf(story)),
  dueAt: nextClock(story)?.dueAt ?? Number.MAX_SAFE_INTEGER,
});

/** The time left decides first in steps that people act on, then the severity, then the time itself. */
const compared = (a: Keyed, b: Keyed): number =>
  a.urgency - b.urgency || b.grade - a.grade || a.dueAt - b.dueAt || (a.story.id < b.story.id ? -1 : 1);

export function inOrder(stories: readonly Story[], now: number): readonly Story[] {
  return stories
    .map((story) => keyed(story, now))
    .sort(compared)
    .map(({ story }) => story);
}

/** The queue, and the time it was put in order for. */
export interface Ordered {
  readonly queue: readonly Story[];
  readonly at: number;
  /** How many of it, all at its head, are past their deadline. */
  readonly breached: number;
}

/** The first instant after `now` at which the passing of time takes one of them to another step of urgency. */
function nextStepAt(keys: readonly Keyed[], now: number): number {
  let first = Infinity;
  for (const { dueAt } of keys) {
    // A deadline is over at its instant; less time than a step is left one ms after it began.
    for (const at of [dueAt, dueAt - FIRE_BELOW_MS + 1, dueAt - SOON_BELOW_MS + 1]) if (at > now && at < first) first = at;
  }
  return first;
}

/** The first place in the order that does not come before this one. */
function placeOf(keys: readonly Keyed[], one: Keyed): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = keys[middle];
    if (there !== undefined && compared(there, one) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What differs between two lists, of which most is the same and in the same places. */
function changesBetween(
  before: readonly Story[],
  now: readonly Story[],
): { readonly gone: readonly Story[]; readonly fresh: readonly Story[] } {
  let from = 0;
  while (from < before.length && before[from] === now[from]) from += 1;
  let tail = 0;
  while (tail < Math.min(before.length, now.length) - from && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const [old, next] = [before.slice(from, before.length - tail), now.slice(from, now.length - tail)];
  const [had, has] = [new Set(old), new Set(next)];
  return { gone: old.filter((story) => !has.has(story)), fresh: next.filter((story) => !had.has(story)) };
}

/** More changes than this share of a list are sooner put in order with all the others than one by one. */
const FEW = 0.1;

/**
 * Puts stories in order again and again. Time alone moves a story only where it passes from one step of urgency to the next: until one
 * does, stories that are the objects of before keep their places, and only those that came or changed are put between them. Where
 * none did, the answer is the same object, so that nothing that hangs on the order is worked out or drawn anew.
 */
export function keepingOrder(): (stories: readonly Story[], now: number) => Ordered {
  let given: readonly Story[] = [];
  let keys: Keyed[] = [];
  let keyOf = new Map<Story, Keyed>();
  let from = Infinity;
  let until = -Infinity;
  let last: Ordered = { queue: [], at: 0, breached: 0 };
  const anew = (stories: readonly Story[], now: number): void => {
    keys = stories.map((story) => keyed(story, now)).sort(compared);
    keyOf = new Map(keys.map((key) => [key.story, key]));
    from = now;
    until = nextStepAt(keys, now);
  };
  const change = (gone: readonly Story[], fresh: readonly Keyed[]): void => {
    for (const story of gone) {
      const key = keyOf.get(story);
      if (key === undefined) continue;
      const place = placeOf(keys, key);
      keys.splice(keys[place] === key ? place : keys.indexOf(key), 1);
      keyOf.delete(story);
    }
    for (const key of fresh) {
      keys.splice(placeOf(keys, key), 0, key);
      keyOf.set(key.story, key);
    }
  };
  return (stories, now) => {
    const stepsHold = now >= from && now < until;
    if (stepsHold && stories === given) return last;
    const { gone, fresh } = stepsHold ? changesBetween(given, stories) : { gone: [], fresh: [] };
    given = stories;
    if (stepsHold && gone.length + fresh.length === 0) return last;
    if (stepsHold && gone.length + fresh.length <= stories.length * FEW) {
      const added = fresh.map((story) => keyed(story, now));
      change(gone, added);
      until = Math.min(until, nextStepAt(added, now));
    } else anew(stories, now);
    const safe = keys.findIndex(({ urgency }) => urgency > 0);
    last = { queue: keys.map(({ story }) => story), at: now, breached: safe < 0 ? keys.length : safe };
    return last;
  };
}

export const queueFilters = ['all', 'mine', 'unclaimed', 'breached', 'drills'] as const;
export type QueueFilter = (typeof queueFilters)[number];

export function passes(story: Story, filter: QueueFilter, me: string, now: number): boolean {
  // A drill runs beside the real work: it is counted and shown only where somebody asks for it or for everything.
  if (filter === 'drills') return story.drill;
  if (filter === 'mine') return me !== '' && story.owner === me;
  if (filter === 'unclaimed') return story.owner === null && story.status === 'open';
  if (filter === 'breached') return urgencyOf(story, now) === 'breached';
  return true;
}

export type QueueCounts = Readonly<Record<QueueFilter, number>>;

export function countsOf({ queue, breached }: Ordered, me: string): QueueCounts {
  const counts = { all: queue.length, mine: 0, unclaimed: 0, breached, drills: 0 };
  for (const { owner, status, drill } of queue) {
    if (me !== '' && owner === me) counts.mine += 1;
    if (owner === null && status === 'open') counts.unclaimed += 1;
    if (drill) counts.drills += 1;
  }
  return counts;
}

/** The first story before `shown` in the queue that is more urgent by a whole step; null if `shown` is as urgent as any. */
export function moreUrgent(queue: readonly Story[], shown: string | null, now: number): Story | null {
  const here = queue.find((story) => story.id === shown);
  const first = queue.find((story) => story.owner === null && !story.drill);
  if (!here || !first || first.id === here.id) return null;
  return urgencies.indexOf(urgencyOf(first, now)) < urgencies.indexOf(urgencyOf(here, now)) ? first : null;
}
