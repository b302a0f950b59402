/**
 * What is kept beside a story so that its severity follows a change without reading its mentions [T9]: sums of what each
 * mention that needs an answer adds. A mention that changes or leaves takes away exactly what it had added.
 */
import type { SeverityInput } from '../../../shared/incidents/severity-of.ts';
import { topics, type Topic } from '../../../shared/incidents/topics.ts';

/** What one mention adds. */
export interface SeverityMember {
  /** UTC ms. */
  readonly publishedAt: number;
  readonly reach: number;
  readonly platform: string;
  readonly topics: readonly Topic[];
  readonly strongWords: readonly string[];
}

export interface SeverityCounters {
  readonly reach: number;
  /** Mentions by slot of five minutes since the epoch, oldest first; the newest four hours of the story. */
  readonly slots: readonly (readonly [slot: number, mentions: number])[];
  /** The busiest hour that ended before the slots that are kept. */
  readonly earlierPeak: number;
  /** Mentions by platform; only the first names to come are kept. */
  readonly platforms: Readonly<Record<string, number>>;
  readonly topics: Readonly<Partial<Record<Topic, number>>>;
  /** Mentions by how many different strong words they hold, up to `STRENGTH_MOST`. */
  readonly strengths: Readonly<Record<string, number>>;
  /** Some of the strong words. */
  readonly words: readonly string[];
  /** When the spike began that the story is or was part of, UTC ms. */
  readonly spikeAt: number | null;
}

export const SLOT_MS = 300_000;
const SLOTS_AN_HOUR = 12;
const SLOTS_KEPT = 48;
const PLATFORMS_KEPT = 100;
const STRENGTH_MOST = 9;
const WORDS_KEPT = 5;

export const noCounters: SeverityCounters = {
  reach: 0,
  slots: [],
  earlierPeak: 0,
  platforms: {},
  topics: {},
  strengths: {},
  words: [],
  spikeAt: null,
};

/** Mentions in the fullest twelve slots in a row. */
function busiest(slots: SeverityCounters['slots']): number {
  let [most, sum, first] = [0, 0, 0];
  for (const [slot, mentions] of slots) {
    sum += mentions;
    for (let oldest = slots[first]; oldest !== undefined && oldest[0] <= slot - SLOTS_AN_HOUR; oldest = slots[++first]) sum -= oldest[1];
    most = Math.max(most, sum);
  }
  return most;
}

/** Mentions published since about this instant (UTC ms), of the hours that are kept slot by slot. */
export function mentionsSince({ slots }: SeverityCounters, instant: number): number {
  return slots.reduce((sum, [slot, mentions]) => (slot * SLOT_MS > instant - SLOT_MS ? sum + mentions : sum), 0);
}

/** One more or one less under a name; what falls to 0 is gone. */
function added(counts: Readonly<Record<string, number>>, name: string, by: 1 | -1): Readonly<Record<string, number>> {
  // A platform may be called like something every object has.
  const count = (Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0) + by;
  if (count > 0) return { ...counts, [name]: count };
  const { [name]: _, ...others } = counts;
  return others;
}

function withSlot(counters: SeverityCounters, publishedAt: number, by: 1 | -1): Pick<SeverityCounters, 'slots' | 'earlierPeak'> {
  const slot = Math.floor(publishedAt / SLOT_MS);
  const { slots, earlierPeak } = counters;
  const newest = Math.max(slots.at(-1)?.[0] ?? -Infinity, slot);
  const oldestKept = newest - SLOTS_KEPT + 1;
  // Before what is kept: the hour it was part of is over, and its peak stands.
  if (slot < oldestKept) return { slots, earlierPeak };
  const mentions = (slots.find(([at]) => at === slot)?.[1] ?? 0) + by;
  const changed = slots.filter(([at]) => at !== slot);
  if (mentions > 0) changed.splice(changed.findLastIndex(([at]) => at < slot) + 1, 0, [slot, mentions]);
  const kept = changed.filter(([at]) => at >= oldestKept);
  if (kept.length === changed.length) return { slots: kept, earlierPeak };
  // The peak of the hours that lose a slot now, while all of their slots are still here.
  const leaving = changed.filter(([at]) => at < oldestKept + SLOTS_AN_HOUR - 1);
  return { slots: kept, earlierPeak: Math.max(earlierPeak, busiest(leaving)) };
}

function counted(counters: SeverityCounters, member: SeverityMember, by: 1 | -1): SeverityCounters {
  const strength = Math.min(STRENGTH_MOST, member.strongWords.length);
  const named = Object.hasOwn(counters.platforms, member.platform) || Object.keys(counters.platforms).length < PLATFORMS_KEPT;
  let found: Readonly<Record<string, number>> = counters.topics;
  for (const topic of member.topics) found = added(found, topic, by);
  return {
    ...counters,
    ...withSlot(counters, member.publishedAt, by),
    reach: Math.max(0, counters.reach + by * member.reach),
    platforms: named ? added(counters.platforms, member.platform, by) : counters.platforms,
    topics: found,
    strengths: strength === 0 ? counters.strengths : added(counters.strengths, String(strength), by),
    words: by === 1 ? [...new Set([...counters.words, ...member.strongWords])].slice(0, WORDS_KEPT) : counters.words,
  };
}

/** The counters after a mention joined (`before` null), changed, or no longer needs an answer (`after` null). */
export function withMember(counters: SeverityCounters, before: SeverityMember | null, after: SeverityMember | null): SeverityCounters {
  const without = before === null ? counters : counted(counters, before, -1);
  return after === null ? without : counted(without, after, 1);
}

/** Of two stories that become one. */
export function mergedCounters(a: SeverityCounters, b: SeverityCounters): SeverityCounters {
  const sums = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Readonly<Record<string, number>> => {
    const all = { ...one };
    for (const [name, count] of Object.entries(other)) all[name] = (Object.hasOwn(one, name) ? (one[name] ?? 0) : 0) + count;
    return all;
  };
  const bySlot = new Map(a.slots.map(([slot, mentions]) => [slot, mentions]));
  for (const [slot, mentions] of b.slots) bySlot.set(slot, (bySlot.get(slot) ?? 0) + mentions);
  const slots = [...bySlot].sort(([one], [other]) => one - other);
  const oldestKept = (slots.at(-1)?.[0] ?? 0) - SLOTS_KEPT + 1;
  return {
    reach: a.reach + b.reach,
    slots: slots.filter(([slot]) => slot >= oldestKept),
    earlierPeak: Math.max(a.earlierPeak, b.earlierPeak, busiest(slots.filter(([slot]) => slot < oldestKept + SLOTS_AN_HOUR - 1))),
    platforms: sums(a.platforms, b.platforms),
    topics: sums(a.topics, b.topics),
    strengths: sums(a.strengths, b.strengths),
    words: [...new Set([...a.words, ...b.words])].slice(0, WORDS_KEPT),
    spikeAt: a.spikeAt === null || b.spikeAt === null ? (a.spikeAt ?? b.spikeAt) : Math.max(a.spikeAt, b.spikeAt),
  };
}

/** What the severity of a story with these counters follows from. */
export function inputOf(counters: SeverityCounters): SeverityInput {
  const found = topics.filter((topic) => (counters.topics[topic] ?? 0) > 0);
  return {
    reach: counters.reach,
    busiestHour: Math.max(counters.earlierPeak, busiest(counters.slots)),
    inSpike: counters.spikeAt !== null,
    platforms: Object.keys(counters.platforms),
    topics: found.length === 0 ? ['other'] : found,
    strength: Math.max(0, ...Object.keys(counters.strengths).map(Number)),
    strongWords: counters.words,
  };
}
