/**
 * Where a partition continues after an assignment: what the store names, checked
 * against what the log still holds [I2, I12]. The library would reset an offset out
 * of range in silence.
 */
import type { LogBatch } from '../../../pipeline/ports/log.ts';
import type { Watermarks } from '../admin-client.ts';

export interface Partition {
  readonly topic: string;
  readonly partition: number;
  /** `topic/partition`, for maps and messages. */
  readonly name: string;
  /** Fencing epoch of the store; null until asked for. */
  epoch: number | null;
  /** Next offset the store wants; null = it has none yet. */
  position: number | null;
  /** Next offset the fetch loop wants; ahead of `position` by what waits here, and by what holds no record for us, such as transaction markers. */
  seen: number;
  /** Fetched and not yet stored, in order; the first is in hand while `working`. */
  readonly waiting: Waiting[];
  working: boolean;
  /** Records are taken only when ready; false again when its log no longer fits our offset. */
  ready: boolean;
}

export interface Waiting {
  readonly batch: LogBatch;
  /** Of its values. */
  readonly bytes: number;
}

export interface Gap {
  readonly expected: number;
  readonly oldest: number;
  readonly detail: string;
}

export type Start =
  | { readonly kind: 'ready'; readonly from: number; readonly gap: Gap | null }
  /** The log ends below our offset: cut short or made anew. Going on would skip its new records as known. */
  | { readonly kind: 'held'; readonly gap: Gap };

export function newPartition(topic: string, partition: number): Partition {
  return {
    topic,
    partition,
    name: `${topic}/${partition}`,
    epoch: null,
    position: null,
    seen: 0,
    waiting: [],
    working: false,
    ready: false,
  };
}

/** Our next offset against what the log holds. null = never consumed: from the oldest on. */
export function startOf(name: string, nextOffset: number | null, { low, high }: Watermarks): Start {
  if (nextOffset === null) return { kind: 'ready', from: low, gap: null };
  if (nextOffset < low) return { kind: 'ready', from: low, gap: lost(name, nextOffset, low) };
  if (nextOffset > high) {
    const detail = `${name} ends at ${high} but was read up to ${nextOffset}: it was cut short or made anew. Not read until a new topic or a matching store is configured.`;
    return { kind: 'held', gap: { expected: nextOffset, oldest: low, detail } };
  }
  return { kind: 'ready', from: nextOffset, gap: null };
}

export function lost(name: string, expected: number, oldest: number): Gap {
  return {
    expected,
    oldest,
    detail: `${oldest - expected} records of ${name} from ${expected} on are gone from the broker before they were read.`,
  };
}
