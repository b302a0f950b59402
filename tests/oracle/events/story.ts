/** The story of one set, told in order: events at instants of their own, with the versions that follow each. */
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import type { Random } from '../../helpers/random.ts';
import { NOW, type OracleEvent } from './delivery.ts';

export const DAY = 86_400_000;
const SPAN_DAYS = 130;
/** Some of every set lies a year back, so that there is something to grow against. */
const YEAR_AGO = 362;
export const sources = ['/shop/a', '/shop/b'] as const;
type Source = (typeof sources)[number];

export interface Story {
  readonly random: Random;
  readonly events: OracleEvent[];
  /** An instant of the past, half of them in the last eight days; no two are the same, so that no reading has to break a tie. */
  instant(): number;
  /** An instant near another one, still in the past. */
  near(at: number, spread: number): number;
  add<T extends EventType>(type: T, at: number, data: EventData<T>, source?: Source): void;
  source(): Source;
  maybe<K extends string, V>(share: number, name: K, value: V): { readonly [P in K]?: V };
}

export function openStory(seed: number, random: Random): Story {
  const events: OracleEvent[] = [];
  const taken = new Set<number>();
  const alone = (at: number): number => {
    let free = Math.min(at, NOW - 1_000);
    while (taken.has(free)) free -= 1 + random.below(900);
    taken.add(free);
    return free;
  };
  return {
    random,
    events,
    instant: () =>
      alone(NOW - (random.chance(0.1) ? YEAR_AGO : 0) * DAY - Math.floor(random.next() * (random.chance(0.5) ? 8 : SPAN_DAYS) * DAY)),
    near: (at, spread) => alone(at + Math.floor((random.next() - 0.3) * spread)),
    add(type, at, data, source = random.pick(sources)) {
      events.push({
        specversion: '1.0',
        id: `o${seed}-${events.length}`,
        source,
        type,
        time: new Date(at).toISOString(),
        data,
      } as OracleEvent);
    },
    source: () => random.pick(sources),
    maybe: (share, name, value) => (random.chance(share) ? ({ [name]: value } as { readonly [P in typeof name]?: typeof value }) : {}),
  };
}
