/**
 * The partitions one group generation gave us, and how each becomes ready: raise
 * its epoch in the store, learn where to continue, make sure the log still has that
 * offset [I2, I12]. The library would reset an offset out of range in silence.
 */
import { Fenced, Unavailable, type LogHandler } from '../../pipeline/ports.ts';
import type { AdminClient, Watermarks } from './admin-client.ts';

export interface Partition {
  readonly topic: string;
  readonly partition: number;
  /** `topic/partition`, for maps and messages. */
  readonly name: string;
  /** Fencing epoch of the store; −1 until ready. */
  epoch: number;
  /** Next offset the store wants. */
  position: number;
  /** Next offset the fetch loop wants; ahead of `position` by what holds no record for us, such as transaction markers. */
  seen: number;
  /** Records are taken only when ready; false again when its log no longer fits our offset. */
  ready: boolean;
}

export type Readiness =
  | { readonly kind: 'ready'; readonly from: number; readonly end: number; readonly gap: Gap | null }
  /** The log ends below our offset: cut short or made anew. Going on would skip its new records as known. */
  | { readonly kind: 'held'; readonly gap: Gap };

export interface Gap {
  readonly expected: number;
  readonly oldest: number;
  readonly detail: string;
}

export function newPartition(topic: string, partition: number): Partition {
  return { topic, partition, name: `${topic}/${partition}`, epoch: -1, position: 0, seen: 0, ready: false };
}

/** One try; throws what the store or the broker throw. */
export async function prepare(part: Partition, handler: LogHandler, admin: AdminClient): Promise<Readiness> {
  const { epoch, nextOffset } = await handler.assign(part.topic, part.partition);
  part.epoch = epoch;
  const marks = (await admin.watermarks(part.topic)).get(part.partition);
  if (!marks) throw new Unavailable('broker_error', `the broker does not know partition ${part.name}`);
  const found = compare(part.name, nextOffset, marks);
  if (found.gap) await handler.gap(part.topic, part.partition, found.gap.expected, found.gap.oldest);
  return found;
}

/** Our next offset against what the log holds. null = never consumed: from the oldest on. */
export function compare(name: string, nextOffset: number | null, { low, high }: Watermarks): Readiness {
  if (nextOffset === null) return { kind: 'ready', from: low, end: high, gap: null };
  if (nextOffset < low) return { kind: 'ready', from: low, end: high, gap: lost(name, nextOffset, low) };
  if (nextOffset > high) {
    const detail = `${name} ends at ${high} but was read up to ${nextOffset}: it was cut short or made anew. Not read until a new topic or a matching store is configured.`;
    return { kind: 'held', gap: { expected: nextOffset, oldest: low, detail } };
  }
  return { kind: 'ready', from: nextOffset, end: high, gap: null };
}

export function lost(name: string, expected: number, oldest: number): Gap {
  return {
    expected,
    oldest,
    detail: `${oldest - expected} records of ${name} from ${expected} on are gone from the broker before they were read.`,
  };
}

/** The assignment moved on: drop the work, nothing is wrong. */
export function isFenced(error: unknown): boolean {
  return error instanceof Fenced;
}
