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

/** Both are in order. */
function merged(a: readonly Keyed[], b: readonly Keyed[]): readonly Keyed[] {
  const all: Keyed[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x === undefined && y === undefined) return all;
    if (y === undefined || (x !== undefined && compared(x, y) <= 0)) {
      if (x !== undefined) all.push(x);
      i += 1;
    } else {
      all.push(y);
      j += 1;
    }
  }
}

/**
 * Puts stories in order again and again. Time alone moves a story only where it passes from one step of urgency to the next: until one
 * does, stories that are the objects of before keep their places, and only those that came or changed are put between them. Where
 * none did, the answer is the same object, so that nothing that hangs on the order is worked out or drawn anew.
 */
export function keepingOrder(): (stories: readonly Story[], now: number) => Ordered {
  let given: readonly Story[] = [];
  let keys: readonly Keyed[] = [];
  let from = Infinity;
  let until = -Infinity;
  let last: Ordered = { queue: [], at: 0 };
  return (stories, now) => {
    const stepsHold = now >= from && now < until;
    if (stepsHold && stories === given) return last;
    if (stepsHold) {
      const left = new Set(stories);
      const kept = keys.filter(({ story }) => left.delete(story));
      given = stories;
      if (left.size === 0 && kept.length === keys.length) return last;
      const fresh = [...left].map((story) => keyed(story, now)).sort(compared);
      keys = merged(kept, fresh);
      until = Math.min(until, nextStepAt(fresh, now));
    } else {
      keys = stories.map((story) => keyed(story, now)).sort(compared);
      from = now;
      until = nextStepAt(keys, now);
    }
    given = stories;
    last = { queue: keys.map(({ story }) => story), at: now };
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

export function countsOf(stories: readonly Story[], me: string, now: number): QueueCounts {
  const counts = { all: stories.length, mine: 0, unclaimed: 0, breached: 0, drills: 0 };
  for (const story of stories) for (const filter of counted) if (passes(story, filter, me, now)) counts[filter] += 1;
  return counts;
}
const counted = queueFilters.filter((filter) => filter !== 'all');

/** The first story before `shown` in the queue that is more urgent by a whole step; null if `shown` is as urgent as any. */
export function moreUrgent(queue: readonly Story[], shown: string | null, now: number): Story | null {
  const here = queue.find((story) => story.id === shown);
  const first = queue.find((story) => story.owner === null && !story.drill);
  if (!here || !first || first.id === here.id) return null;
  return urgencies.indexOf(urgencyOf(first, now)) < urgencies.indexOf(urgencyOf(here, now)) ? first : null;
}
