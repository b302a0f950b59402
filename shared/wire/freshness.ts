/** Freshness of what the wall shows, per stream of facts and per connection they come through. */

/** Streams of facts people ask about by name. */
export const streams = ['orders', 'mentions', 'leads', 'spend', 'competitors'] as const;
export type Stream = (typeof streams)[number];

export interface StreamFreshness {
  readonly stream: Stream;
  /** Store clock at the last fact accepted; null = never. */
  readonly lastReceivedAt: number | null;
  /** Event time of the newest fact. */
  readonly lastOccurredAt: number | null;
  readonly budgetMs: number;
}

export type SourceState = 'running' | 'connecting' | 'down' | 'stopped' | 'gap';
/** A connection events come through: the Kafka cluster or the embedded log. */
export interface SourceHealth {
  readonly source: 'kafka' | 'log';
  readonly state: SourceState;
  /** Machine-readable reason when not running, such as `broker_unreachable`, `topic_missing`, `too_many_bad`. */
  readonly reason: string | null;
  /** One sentence for people, in English; screens translate `reason` and show this beside it. */
  readonly detail: string | null;
  readonly since: number;
  /** Events taken and not yet folded, all partitions; null when unknown. */
  readonly lag: number | null;
}
