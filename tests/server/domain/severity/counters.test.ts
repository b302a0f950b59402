/** What is kept beside a story: sums that follow every change, and never need its mentions again [T9]. */
import { describe, expect, it } from 'vitest';
import {
  inputOf,
  mergedCounters,
  noCounters,
  SLOT_MS,
  withMember,
  type SeverityMember,
} from '../../../../server/domain/severity/counters.ts';
import { topics } from '../../../../shared/incidents/topics.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const T0 = 1_795_409_100_000;
const member = (change: Partial<SeverityMember> = {}): SeverityMember => ({
  publishedAt: T0,
  reach: 100,
  platform: '微博',
  topics: ['other'],
  strongWords: [],
  ...change,
});
const all = (members: readonly SeverityMember[]) => members.reduce((counters, one) => withMember(counters, null, one), noCounters);

describe('the counters of a story [SV4, T9]', () => {
  it('sum reach, and find the busiest hour, the topics and the strongest mention', () => {
    const counters = all([
      member({ topics: ['quality', 'service'], strongWords: ['投诉'] }),
      member({ publishedAt: T0 + 59 * 60_000, platform: '抖音', strongWords: ['投诉', '曝光'] }),
      member({ publishedAt: T0 + 65 * 60_000, reach: 0 }),
    ]);
    expect(inputOf(counters)).toEqual({
      reach: 200,
      busiestHour: 2,
      inSpike: false,
      platforms: ['微博', '抖音'],
      topics: ['quality', 'service', 'other'],
      strength: 2,
      strongWords: ['投诉', '曝光'],
    });
  });
  it('give back what a mention added that no longer needs an answer', () => {
    const [first, second] = [member({ topics: ['safety'], strongWords: ['曝光'] }), member({ platform: '抖音', reach: 7 })];
    expect(inputOf(withMember(all([first, second]), first, null))).toMatchObject({
      reach: 7,
      busiestHour: 1,
      platforms: ['抖音'],
      topics: ['other'],
      strength: 0,
    });
  });
  it('remember the busiest hour of a story that goes on for weeks, and stay small', () => {
    const burst = Array.from({ length: 300 }, () => member({ publishedAt: T0 + 10 * 60_000 }));
    const quiet = Array.from({ length: 900 }, (_, i) => member({ publishedAt: T0 + (i + 2) * 3_600_000, platform: `站点${i}` }));
    const counters = all([...burst, ...quiet]);
    expect(inputOf(counters).busiestHour).toBe(300);
    expect(JSON.stringify(counters).length).toBeLessThan(3_000);
  });
  it('take a platform by any name', () => {
    const odd = ['__proto__', 'constructor', 'toString'].map((platform) => member({ platform }));
    expect(inputOf(all([...odd, ...odd])).platforms).toEqual(['__proto__', 'constructor', 'toString']);
    expect(odd.reduce((counters, one) => withMember(counters, one, null), all(odd)).platforms).toEqual({});
  });
  it('are the same whatever order mentions come in, change and leave, and those of a merge are those of all', () => {
    const seed = testSeed('counters');
    const random = seededRandom(seed);
    const any = (): SeverityMember =>
      member({
        publishedAt: T0 + random.below(47) * SLOT_MS,
        reach: random.below(1_000),
        platform: random.pick(['微博', '抖音', '论坛']),
        topics: [random.pick(topics)],
        strongWords: Array.from({ length: random.below(3) }, (_, i) => `词${i}`),
      });
    const comparable = (counters: typeof noCounters) => ({
      ...inputOf(counters),
      platforms: [...inputOf(counters).platforms].toSorted(),
      strongWords: [],
    });
    for (let round = 0; round < 100; round++) {
      const kept = Array.from({ length: 1 + random.below(20) }, any);
      const gone = Array.from({ length: random.below(10) }, any);
      const counters = gone.reduce((sum, one) => withMember(sum, one, null), all(random.shuffle([...kept, ...gone])));
      expect(comparable(counters), `seed ${seed}`).toEqual(comparable(all(kept)));
      const cut = random.below(kept.length);
      expect(comparable(mergedCounters(all(kept.slice(0, cut)), all(kept.slice(cut)))), `seed ${seed}`).toEqual(comparable(all(kept)));
    }
  });
});
