/** The order of the queue and its filters. Pure. */
import { grades } from '../../shared/incidents/grades.ts';
import type { Urgency } from '../state/urgency.ts';
import { gradeOf, urgencyOf, type Story } from './story-fields.ts';
import { nextClock } from './next-clock.ts';

const urgencies: readonly Urgency[] = ['breached', 'fire', 'soon', 'calm'];

/** The time left decides first in steps that people act on, then the severity, then the time itself. */
export function inOrder(stories: readonly Story[], now: number): readonly Story[] {
  const keyed = stories.map((story) => ({
    story,
    urgency: urgencies.indexOf(urgencyOf(story, now)),
    grade: grades.indexOf(gradeOf(story)),
    dueAt: nextClock(story)?.dueAt ?? Number.MAX_SAFE_INTEGER,
  }));
  keyed.sort((a, b) => a.urgency - b.urgency || b.grade - a.grade || a.dueAt - b.dueAt || (a.story.id < b.story.id ? -1 : 1));
  return keyed.map(({ story }) => story);
}

/** The queue, and the time it was put in order for. */
export interface Ordered {
  readonly queue: readonly Story[];
  readonly at: number;
}

/**
 * Puts stories in order again and again. Time alone moves a story only where it passes from one step of urgency to the next: until one
 * does, the answer is the same object, so that nothing that hangs on the order is worked out or drawn anew.
 */
export function keepingOrder(): (stories: readonly Story[], now: number) => Ordered {
  let sorted: readonly Story[] = [];
  let steps: readonly Urgency[] = [];
  let last: Ordered = { queue: [], at: 0 };
  return (stories, now) => {
    const same = stories === sorted && stories.every((story, i) => urgencyOf(story, now) === steps[i]);
    if (same) return last;
    sorted = stories;
    steps = stories.map((story) => urgencyOf(story, now));
    last = { queue: inOrder(stories, now), at: now };
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
  const counts = { all: 0, mine: 0, unclaimed: 0, breached: 0, drills: 0 };
  for (const story of stories) for (const filter of queueFilters) if (passes(story, filter, me, now)) counts[filter] += 1;
  return counts;
}

/** The first story before `shown` in the queue that is more urgent by a whole step; null if `shown` is as urgent as any. */
export function moreUrgent(queue: readonly Story[], shown: string | null, now: number): Story | null {
  const here = queue.find((story) => story.id === shown);
  const first = queue.find((story) => story.owner === null && !story.drill);
  if (!here || !first || first.id === here.id) return null;
  return urgencies.indexOf(urgencyOf(first, now)) < urgencies.indexOf(urgencyOf(here, now)) ? first : null;
}
