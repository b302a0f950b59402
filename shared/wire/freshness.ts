/** Freshness of what the wall shows, per stream of facts and per connection they come through. */
import * as z from 'zod';
import { streams } from './constants.ts';
import { group, instant } from './shape.ts';

export const stream = z.enum(streams);
export type Stream = z.infer<typeof stream>;

/**
 * Two things about a stream [S3]: the age of its last event, and the life of what feeds it. A shop that sells nothing at
 * night is alive, and a shop that stopped answering is not, however young its last event is.
 */
export const streamFreshness = group({
  stream,
  /** Store clock at the last event that told of the present; null = there was none. Imported history does not count. */
  lastReceivedAt: instant.nullable(),
  /** Event time of the newest event, history included. */
  lastOccurredAt: instant.nullable(),
  /**
   * Store clock at the last sign of life beside events: a read that reached the end of the topic, a `source.heartbeat`
   * event, a call of POST /api/sources/alive; null = there was none.
   */
  aliveAt: instant.nullable(),
  /** Without a sign of life for longer than this the source does not answer. */
  budgetMs: z.number(),
  /** The longest silence between events that is usual for this stream at this hour of the week (P99); null = not learnt yet. */
  usualSilenceMs: z.number().nullable(),
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
