/**
 * Stored mentions gone through once more under a rule: which cases it makes of them, when each opens and how grave it gets.
 * Nothing is written. Mentions come by the instant they were found.
 */
import { gradeRank, type Grade } from '../../../shared/incidents/grades.ts';
import { severityOf } from '../../../shared/incidents/severity-of.ts';
import type { SeverityPolicy } from '../../../shared/incidents/severity-policy.ts';
import type { TopicFinder } from '../../../shared/incidents/topic-finder.ts';
import { inputOf, noCounters, withMember, type SeverityCounters } from '../severity/counters.ts';

/** A negative mention of an own brand. Instants UTC ms. */
export interface ReplayedMention {
  readonly key: string;
  readonly at: number;
  readonly publishedAt: number;
  readonly brand: string;
  readonly platform: string;
  readonly reach: number;
  readonly title: string;
  /** Everything in which words are looked for. */
  readonly words: string;
  /** The story its source names, else its own: see `storyKey`. */
  readonly ownStory: string;
  /** The stored incident it belongs to. */
  readonly incidentId: string | null;
}

export interface ReplayRule {
  /** Names the story of each mention of a page, in its order. */
  readonly storiesOf: (mentions: readonly ReplayedMention[]) => readonly string[];
  readonly finder: TopicFinder;
  readonly severity: SeverityPolicy;
}

export interface ReplayedCase {
  readonly story: string;
  /** When its first mention was found. */
  readonly at: number;
  readonly title: string;
  readonly brand: string;
  /** The gravest it got. */
  readonly grade: Grade;
  readonly mentions: number;
  /** The stored incident that most of its first mentions belong to. */
  readonly incidentId: string | null;
}

interface Running {
  readonly at: number;
  readonly title: string;
  readonly brand: string;
  grade: Grade;
  mentions: number;
  counters: SeverityCounters;
  readonly incidents: Map<string, number>;
}
/** Incidents of so many mentions decide which stored incident a case is. */
const COUNTED = 1_000;

export interface Replay {
  add(mentions: readonly ReplayedMention[]): void;
  cases(): readonly ReplayedCase[];
}

export function createReplay({ storiesOf, finder, severity }: ReplayRule): Replay {
  const running = new Map<string, Running>();

  function count(story: string, mention: ReplayedMention): void {
    const { at, title, brand, incidentId } = mention;
    const before = running.get(story);
    const now: Running = before ?? { at, title, brand, grade: 'blue', mentions: 0, counters: noCounters, incidents: new Map() };
    if (before === undefined) running.set(story, now);
    now.mentions += 1;
    if (incidentId !== null && now.mentions <= COUNTED) now.incidents.set(incidentId, (now.incidents.get(incidentId) ?? 0) + 1);
    now.counters = withMember(now.counters, null, { ...mention, ...finder.judge(mention.words) });
    const { grade } = severityOf(inputOf(now.counters), severity);
    if (gradeRank(grade) > gradeRank(now.grade)) now.grade = grade;
  }

  return {
    add(mentions) {
      const stories = storiesOf(mentions);
      mentions.forEach((mention, i) => count(stories[i] ?? mention.key, mention));
    },
    cases: () =>
      [...running].map(([story, { at, title, brand, grade, mentions, incidents }]) => {
        const [most] = [...incidents].sort(([, a], [, b]) => b - a);
        return { story, at, title, brand, grade, mentions, incidentId: most?.[0] ?? null };
      }),
  };
}
