/** Questions about a set from its seed: every grain, moments and states of knowledge of the past, dimensions and conditions. */
import type { Random } from '../helpers/random.ts';
import { NOW, type EventSet } from './events/delivery.ts';
import { campaign, channels, regions } from './events/sales.ts';
import { platforms } from './events/mentions.ts';
import { openStory } from './events/story.ts';
import type { Question } from './facts/world.ts';

const DAY = 86_400_000;
const periods = [
  { grain: 'day', period: '2026-11-22', day: '2026-11-22' },
  { grain: 'day', period: '2026-11-23', day: '2026-11-23' },
  { grain: 'day', period: '2026-11-18', day: '2026-11-18' },
  { grain: 'week', period: '2026-W47', day: '2026-11-18' },
  { grain: 'week', period: '2026-W48', day: '2026-11-23' },
  { grain: 'month', period: '2026-11', day: '2026-11-02' },
  { grain: 'month', period: '2026-11', day: '2026-11-30' },
  { grain: 'month', period: '2026-10', day: '2026-10-31' },
  { grain: 'quarter', period: '2026-Q4', day: '2026-12-31' },
  { grain: 'quarter', period: '2026-Q3', day: '2026-08-15' },
  { grain: 'year', period: '2026', day: '2026-01-01' },
] as const;

const dimensions = ['channel', 'region', 'category', 'core', 'campaign', 'platform', 'line'] as const;

/** The first ones ask for the whole and for every dimension in turn; \`q\` counts on from \`first\`. */
export function questionsOf({ seed }: EventSet, random: Random, count: number, first: number): Question[] {
  const story = openStory(seed, random);
  const values: Readonly<Record<string, () => string | null>> = {
    channel: () => random.pick(channels),
    region: () => random.pick([...regions, null]),
    category: () => random.pick(['咖啡机', '周边', null]),
    core: () => random.pick(['true', 'false', null]),
    campaign: () => random.pick([campaign(story), null]),
    platform: () => random.pick(platforms),
    line: () => random.pick(['online', 'offline']),
  };
  return Array.from({ length: count }, (_, i) => {
    const asOf = random.chance(0.5) ? NOW : NOW - Math.floor(random.next() * random.pick([3, 25, 100]) * DAY);
    const knownAt = random.chance(0.65) ? NOW : NOW - Math.floor(random.next() * random.pick([1, 6, 60]) * DAY);
    const by = (seed + i) % 3 === 0 ? null : (dimensions[(seed + i) % dimensions.length] ?? null);
    const dim = random.chance(0.25) ? random.pick(dimensions.filter((one) => one !== by)) : null;
    const where = dim === null ? null : { dim, value: values[dim]?.() ?? null };
    return { q: first + i, seed, ...random.pick(periods), asOf, knownAt, by, where };
  });
}

/** Ids of those that have every dimension the question names. */
export function answerable(
  { by, where }: Question,
  kpis: readonly { readonly id: string; readonly dimensions: readonly string[] }[],
): string[] {
  const named = [by, where?.dim ?? null].filter((dim) => dim !== null);
  return kpis.filter(({ dimensions }) => named.every((dim) => dimensions.includes(dim))).map(({ id }) => id);
}
