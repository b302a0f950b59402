/** Severity as a sum of visible parts, with worked values and properties. */
import { describe, expect, it } from 'vitest';
import { gradeRank, grades } from '../../../shared/incidents/grades.ts';
import { severityOf, type SeverityInput } from '../../../shared/incidents/severity-of.ts';
import { defaultSeverity, severityPolicy, type SeverityPolicy } from '../../../shared/incidents/severity-policy.ts';
import { topics } from '../../../shared/incidents/topics.ts';
import { testSeed } from '../../helpers/seed.ts';
import { seededRandom } from '../../helpers/random.ts';

const quiet: SeverityInput = {
  reach: 0,
  busiestHour: 1,
  inSpike: false,
  platforms: ['微博'],
  topics: ['other'],
  strength: 0,
  strongWords: [],
};
const pointsOf = (input: SeverityInput, policy = defaultSeverity) =>
  Object.fromEntries(severityOf(input, policy).parts.map(({ part, points }) => [part, points]));

describe('a story’s severity', () => {
  it('is the sum of five parts [SV1]', () => {
    const input = {
      ...quiet,
      reach: 210_000,
      busiestHour: 12,
      platforms: ['论坛', '抖音'],
      topics: ['service', 'quality'],
      strength: 1,
    } as const;
    expect(pointsOf(input)).toEqual({ reach: 20, speed: 9, source: 12, topic: 12, strength: 5 });
    expect(severityOf(input, defaultSeverity)).toMatchObject({ score: 58, grade: 'orange', floor: null });
  });
  it('is blue for one complaint nobody reads [SV1]', () => {
    expect(severityOf(quiet, defaultSeverity)).toMatchObject({ score: 14, grade: 'blue', floor: null });
  });
  it('of a story about safety is never below orange [SV2]', () => {
    const severity = severityOf({ ...quiet, topics: ['other', 'safety'] }, defaultSeverity);
    expect(severity).toMatchObject({ score: 37, grade: 'orange', floor: { topic: 'safety', grade: 'orange' } });
  });
  it('counts a spike as points of speed, and says so [SV1]', () => {
    const [, speed] = severityOf({ ...quiet, inSpike: true }, defaultSeverity).parts;
    expect(speed).toEqual({ part: 'speed', points: 10, basis: { from: null, spike: 10 } });
  });
  it('knows a platform the policy does not name by the points of the others', () => {
    expect(pointsOf({ ...quiet, platforms: ['某论坛'] })['source']).toBe(4);
    expect(pointsOf({ ...quiet, platforms: [] })['source']).toBe(0);
  });
});

describe('the policy', () => {
  const parse = (change: Partial<SeverityPolicy>) => severityPolicy.safeParse({ ...defaultSeverity, ...change });
  it('takes its own default', () => {
    expect(parse({}).data).toEqual(defaultSeverity);
  });
  it('refuses a floor of safety below orange [SV2]', () => {
    expect(parse({ floors: { ...defaultSeverity.floors, safety: 'yellow' } }).error?.issues[0]?.message).toBe(
      'safety is never below orange',
    );
    expect(parse({ floors: { ...defaultSeverity.floors, safety: 'red' } }).success).toBe(true);
  });
  it('refuses a scale on which more counts for less', () => {
    expect(
      parse({
        reach: [
          { from: 1, points: 5 },
          { from: 2, points: 4 },
        ],
      }).success,
    ).toBe(false);
    expect(
      parse({
        reach: [
          { from: 2, points: 4 },
          { from: 2, points: 5 },
        ],
      }).success,
    ).toBe(false);
  });
  it('refuses thresholds that do not rise', () => {
    expect(parse({ thresholds: { yellow: 50, orange: 50, red: 60 } }).success).toBe(false);
  });
});

describe('for stories and policies of any kind', () => {
  const seed = testSeed('severity');
  const random = seededRandom(seed);
  const int = (most: number) => random.below(most + 1);
  const scale = () => {
    let [from, points] = [0, 0];
    return Array.from({ length: int(6) }, () => ({ from: (from += 1 + int(1_000)), points: (points += int(20)) }));
  };
  const policy = (): SeverityPolicy => ({
    ...defaultSeverity,
    reach: scale(),
    speed: scale(),
    strength: scale(),
    topic: { safety: int(30), quality: int(30), service: int(30), price: int(30), delivery: int(30), other: int(30) },
    floors: {
      safety: int(1) ? 'orange' : 'red',
      quality: grades[int(3)] ?? 'blue',
      service: 'blue',
      price: 'blue',
      delivery: 'blue',
      other: 'blue',
    },
  });
  const story = (): SeverityInput => ({
    reach: int(3_000),
    busiestHour: int(3_000),
    inSpike: int(1) === 1,
    platforms: ['微博', '抖音', '论坛'].filter(() => int(1) === 1),
    topics: [...topics.filter(() => int(2) === 0), topics[int(5)] ?? 'other'],
    strength: int(5),
    strongWords: [],
  });

  it(`parts sum to the score, floors hold and no growth makes a story milder (seed ${seed}) [SV1, SV2]`, () => {
    for (let i = 0; i < 3_000; i++) {
      const [rule, before] = [policy(), story()];
      const severity = severityOf(before, rule);
      expect(severity.score).toBeCloseTo(
        severity.parts.reduce((sum, part) => sum + part.points, 0),
        6,
      );
      for (const topic of before.topics) expect(gradeRank(severity.grade)).toBeGreaterThanOrEqual(gradeRank(rule.floors[topic]));
      const grown = [
        { ...before, reach: before.reach + int(5_000) },
        { ...before, busiestHour: before.busiestHour + int(5_000) },
        { ...before, inSpike: true },
        { ...before, strength: before.strength + 1 },
        { ...before, platforms: [...before.platforms, '小红书'] },
        { ...before, topics: [...before.topics, topics[int(4)] ?? 'safety'] },
      ];
      for (const after of grown.map((one) => severityOf(one, rule))) {
        expect(after.score).toBeGreaterThanOrEqual(severity.score);
        expect(gradeRank(after.grade)).toBeGreaterThanOrEqual(gradeRank(severity.grade));
      }
    }
  });
});
