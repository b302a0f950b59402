import type { CloudEvent } from './event-generator.ts';
import { seededRandom } from './random.ts';

/** The same events with repeats, in another order, cut into other batches. */
export function rearranged(events: readonly CloudEvent[], seed: number): CloudEvent[][] {
  const random = seededRandom(seed);
  const repeated = [...events, ...events.filter(() => random.chance(0.3))];
  const batches: CloudEvent[][] = [[]];
  for (const event of random.shuffle(repeated)) {
    if (random.chance(0.15)) batches.push([]);
    batches.at(-1)?.push(event);
  }
  return batches;
}
