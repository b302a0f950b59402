/** The order of the queue and its filters. Pure. */
import { grades } from '../../shared/incidents/grades.ts';
import { FIRE_BELOW_MS, SOON_BELOW_MS } from '../../shared/wire/constants.ts';
import type { Urgency } from '../state/urgency.ts';
import { gradeOf, takenBy, urgencyOf, type Story } from './story-fields.ts';
import { nextClock } from './next-clock.ts';

const urgencies: readonly Urgency[] = ['breached', 'fire', 'soon', 'calm'];

interface Keyed {
  readonly story: Story;
  readonly urgency: number;
  readonly grade: number;
  readonly dueAt: number;
  /** The first instant after that of the key at which the passing of time takes the story to another step; Infinity: none does. */
  readonly until: number;
}

function keyed(story: Story, now: number): Keyed {
  const dueAt = nextClock(story)?.dueAt ?? Number.MAX_SAFE_INTEGER;
  // A deadline is over at its instant; less time than a step is left one ms after it began.
  const steps = [dueAt, dueAt - FIRE_BELOW_MS + 1, dueAt - SOON_BELOW_MS + 1];
  return {
    story,
    urgency: urgencies.indexOf(urgencyOf(story, now)),
    grade: grades.indexOf(gradeOf(story)),
    dueAt,
    until: Math.min(...steps.map((at) => (at > now ? at : Infinity))),
  };
}

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
  /** The story of an id, where it is in the queue. */
  readonly storyOf: (id: string) => Story | undefined;
  /** Those of it that were answered; the same list as long as they are the same. */
  readonly answered: readonly Story[];
  /** How many of it nobody has claimed, and how many are drills. */
  readonly unclaimed: number;
  readonly drills: number;
  /** How many of it each person has. */
  readonly owned: ReadonlyMap<string, number>;
}

/** What is counted of a queue, kept up to date with each story that comes and goes. */
interface Tally {
  unclaimed: number;
  drills: number;
  readonly owned: Map<string, number>;
}
const emptyTally = (): Tally => ({ unclaimed: 0, drills: 0, owned: new Map() });

function count(tally: Tally, { owner, status, drill }: Story, by: 1 | -1): void {
  if (drill) tally.drills += by;
  if (owner === null && status === 'open') tally.unclaimed += by;
  if (owner !== null) tally.owned.set(owner, (tally.owned.get(owner) ?? 0) + by);
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

/** Two lists in order as one: few come to many, and an element that is put into a long array moves all behind it. */
function merged(many: readonly Keyed[], few: readonly Keyed[]): readonly Keyed[] {
  const parts: (readonly Keyed[])[] = [];
  let from = 0;
  for (const one of few) {
    const place = placeOf(many, one);
    parts.push(many.slice(from, place), [one]);
    from = place;
  }
  const none: readonly Keyed[] = [];
  return none.concat(...parts, many.slice(from));
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

const firstStep = (keys: readonly Keyed[]): number => keys.reduce((first, { until }) => Math.min(first, until), Infinity);

/** More changes than this share of a list are sooner put in order with all the others than one by one. */
const FEW = 0.1;

/**
 * Puts stories in order again and again. Time alone moves a story only where it passes from one step of urgency to the next: stories
 * that are the objects of before and pass none keep their places, and only the others are put between them. Where there are no
 * others, the answer is the same object, so that nothing that hangs on the order is worked out or drawn anew.
 */
export function keepingOrder(): (stories: readonly Story[], now: number) => Ordered {
  let given: readonly Story[] = [];
  let keys: readonly Keyed[] = [];
  let keyOf = new Map<Story, Keyed>();
  const byId = new Map<string, Story>();
  const storyOf = (id: string): Story | undefined => byId.get(id);
  let from = Infinity;
  let until = -Infinity;
  let tally = emptyTally();
  let last: Ordered = { queue: [], at: 0, breached: 0, storyOf, answered: [], unclaimed: 0, drills: 0, owned: tally.owned };
  const anew = (stories: readonly Story[], now: number): void => {
    keys = stories.map((story) => keyed(story, now)).sort(compared);
    keyOf = new Map(keys.map((key) => [key.story, key]));
    tally = emptyTally();
    byId.clear();
    for (const story of stories) {
      count(tally, story, 1);
      byId.set(story.id, story);
    }
    from = now;
    until = firstStep(keys);
  };
  const change = (gone: readonly Story[], fresh: readonly Keyed[]): void => {
    const before = until;
    let firstIsGone = false;
    const leaving = new Set<Keyed>();
    for (const story of gone) {
      const key = keyOf.get(story);
      if (key === undefined) continue;
      leaving.add(key);
      keyOf.delete(story);
      byId.delete(story.id);
      count(tally, story, -1);
      firstIsGone ||= key.until === before;
    }
    for (const key of fresh) {
      keyOf.set(key.story, key);
      byId.set(key.story.id, key.story);
      count(tally, key.story, 1);
      until = Math.min(until, key.until);
    }
    keys = merged(
      keys.filter((key) => !leaving.has(key)),
      fresh.toSorted(compared),
    );
    // Thousands are looked through only where the one that was to pass a step first is gone, and none came that is as early.
    if (firstIsGone && !fresh.some((key) => key.until <= before)) until = firstStep(keys);
  };
  /** In the order of the queue. */
  const answeredOf = (queue: readonly Story[], changed: readonly Story[] | null): readonly Story[] => {
    if (changed !== null && changed.every((story) => takenBy(story) === null)) return last.answered;
    const answered = queue.filter((story) => takenBy(story) !== null);
    const same = answered.length === last.answered.length && answered.every((story, i) => story === last.answered[i]);
    return same ? last.answered : answered;
  };
  return (stories, now) => {
    const [onward, stepsHold] = [now >= from, now >= from && now < until];
    if (stepsHold && stories === given) return last;
    const { gone, fresh } = onward ? changesBetween(given, stories) : { gone: [], fresh: [] };
    given = stories;
    if (stepsHold && gone.length + fresh.length === 0) return last;
    const leaving = new Set(gone);
    const passing = stepsHold ? [] : keys.filter((key) => key.until <= now && !leaving.has(key.story)).map(({ story }) => story);
    const few = onward && gone.length + fresh.length + passing.length <= stories.length * FEW;
    if (few) {
      change(
        [...gone, ...passing],
        [...passing, ...fresh].map((story) => keyed(story, now)),
      );
      from = now;
    } else anew(stories, now);
    const safe = keys.findIndex(({ urgency }) => urgency > 0);
    const queue = keys.map(({ story }) => story);
    last = {
      ...{
        queue,
        at: now,
        storyOf,
        breached: safe < 0 ? keys.length : safe,
        answered: answeredOf(queue, few ? [...gone, ...fresh, ...passing] : null),
      },
      ...{ unclaimed: tally.unclaimed, drills: tally.drills, owned: new Map(tally.owned) },
    };
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

export function countsOf({ queue, breached, unclaimed, drills, owned }: Ordered, me: string): QueueCounts {
  return { all: queue.length, mine: me === '' ? 0 : (owned.get(me) ?? 0), unclaimed, breached, drills };
}

/** The first story before `shown` in the queue that is more urgent by a whole step; null if `shown` is as urgent as any. */
export function moreUrgent({ queue, storyOf }: Pick<Ordered, 'queue' | 'storyOf'>, shown: string | null, now: number): Story | null {
  const here = shown === null ? undefined : storyOf(shown);
  const first = queue.find((story) => story.owner === null && !story.drill);
  if (!here || !first || first.id === here.id) return null;
  return urgencies.indexOf(urgencyOf(first, now)) < urgencies.indexOf(urgencyOf(here, now)) ? first : null;
}
