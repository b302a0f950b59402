/** Freshness of what the wall shows, per stream of facts and per connection they come through. */
import * as z from 'zod';
import { streams } from './constants.ts';
import { group, instant } from './shape.ts';

export const stream = z.enum(streams);
export type Stream = z.infer<typeof stream>;

export const streamFreshness = group({
  stream,
  /** Store clock at the last fact accepted; null = never. */
  lastReceivedAt: instant.nullable(),
  /** Event time of the newest fact. */
  lastOccurredAt: instant.nullable(),
  budgetMs: z.number(),
});
export type StreamFreshness = z.infer<typeof streamFreshness>;

export const sourceState = z.enum(['running', 'connecting', 'down', 'stopped', 'gap']);
export type SourceState = z.infer<typeof sourceState>;

/** A connection events come through: the Kafka cluster or the embedded log. */
export const sourceHealth = group({
  source: z.enum(['kafka', 'log']),
  state: sourceState,
  /** Machine-readable reason when not running, such as `broker_unreachable`, `topic_missing`, `too_many_bad`. */
  reason: z.string().nullable(),
  /** One sentence for people, in English; screens translate `reason` and show this beside it. */
  detail: z.string().nullable(),
  since: instant,
  /** Events taken and not yet folded, all partitions; null when unknown. */
  lag: z.number().nullable(),
});
export type SourceHealth = z.infer<typeof sourceHealth>;
