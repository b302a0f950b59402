/**
 * The severity of a story: a sum of visible parts. Pure, so that the server, a settings page's live example and a back-test
 * say the same of the same story.
 */
import { graver, gradeRank, type Grade } from './grades.ts';
import type { SeverityPart, SeverityPartName } from './severity.ts';
import type { Scale, SeverityPolicy } from './severity-policy.ts';
import { topics, type Topic } from './topics.ts';

/** What is known of a story, as far as its severity follows from it. */
export interface SeverityInput {
  /** Sum of the reach of the mentions that need an answer. */
  readonly reach: number;
  /** Mentions published in the busiest hour so far. */
  readonly busiestHour: number;
  /** The brand's negative mentions spike, and this story is part of it. */
  readonly inSpike: boolean;
  /** Platforms with mentions. */
  readonly platforms: readonly string[];
  /** Topics with mentions: every mention has one, if only `other`. */
  readonly topics: readonly Topic[];
  /** Different strong words in the strongest mention, and some of them. */
  readonly strength: number;
  readonly strongWords: readonly string[];
}

/** Before anybody overrides it. */
export interface Severity {
  readonly grade: Grade;
  readonly score: number;
  readonly parts: readonly SeverityPart[];
  readonly floor: { readonly topic: Topic; readonly grade: Grade } | null;
}

/** Points with one decimal: sums of what people typed stay what people expect. */
const rounded = (points: number): number => Math.round(points * 10) / 10;

/** The step that a value reaches; undefined below the first one. */
function stepAt(scale: Scale, value: number): Scale[number] | undefined {
  return scale.findLast((step) => value >= step.from);
}

/**
 * The step a part reached is its basis, and not the value: a part then changes only when its points do, and what the trail
 * says of a story follows the changes of its score.
 */
function scaled(part: SeverityPartName, scale: Scale, value: number): SeverityPart {
  const step = stepAt(scale, value);
  return { part, points: step?.points ?? 0, basis: { from: step?.from ?? null } };
}

/** The first of the found topics, in the order of the list, of which `order` is greatest; `other` where none was found. */
function greatest(found: readonly Topic[], order: (topic: Topic) => number): Topic {
  const [first = 'other', ...rest] = topics.filter((topic) => found.includes(topic));
  return rest.reduce((best, topic) => (order(topic) > order(best) ? topic : best), first);
}

/** The topic a story carries: the one with the highest floor, among those the one with the most points. */
export function topicOf({ topics: found }: Pick<SeverityInput, 'topics'>, { floors, topic: points }: SeverityPolicy): Topic {
  const highest = Math.max(0, ...found.map((topic) => gradeRank(floors[topic])));
  return greatest(
    found.filter((topic) => gradeRank(floors[topic]) === highest),
    (topic) => points[topic],
  );
}

function heaviestPlatform(
  found: readonly string[],
  { source }: SeverityPolicy,
): { readonly platform: string | null; readonly points: number } {
  const known = new Map(source.platforms.map(({ platform, points }) => [platform, points]));
  let heaviest: { platform: string | null; points: number } = { platform: null, points: 0 };
  for (const platform of found) {
    const points = known.get(platform) ?? source.others;
    if (heaviest.platform === null || points > heaviest.points) heaviest = { platform, points };
  }
  return heaviest;
}

export function gradeOfScore(score: number, { yellow, orange, red }: SeverityPolicy['thresholds']): Grade {
  return score >= red ? 'red' : score >= orange ? 'orange' : score >= yellow ? 'yellow' : 'blue';
}

export function severityOf(input: SeverityInput, policy: SeverityPolicy): Severity {
  // Floor and points may come from two topics: with either alone, one more topic could make a story milder.
  const topic = topicOf(input, policy);
  const dearest = greatest(input.topics, (one) => policy.topic[one]);
  const source = heaviestPlatform(input.platforms, policy);
  const speed = scaled('speed', policy.speed, input.busiestHour);
  const strength = scaled('strength', policy.strength, input.strength);
  const all: readonly SeverityPart[] = [
    scaled('reach', policy.reach, input.reach),
    input.inSpike ? { ...speed, points: speed.points + policy.spikePoints, basis: { ...speed.basis, spike: policy.spikePoints } } : speed,
    { part: 'source', points: source.points, basis: { platform: source.platform } },
    { part: 'topic', points: policy.topic[dearest], basis: { topic: dearest } },
    { ...strength, basis: { ...strength.basis, words: input.strongWords } },
  ];
  const parts = all.map((one) => ({ ...one, points: rounded(one.points) }));
  const score = rounded(parts.reduce((sum, { points }) => sum + points, 0));
  const least = policy.floors[topic];
  const floor = gradeRank(least) > 0 ? { topic, grade: least } : null;
  return { grade: graver(gradeOfScore(score, policy.thresholds), least), score, parts, floor };
}
