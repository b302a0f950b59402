/**
 * The life of what feeds a stream, apart from the age of its last event [S3]: which events tell of the present, and which
 * sign of life counts. Pure; times are UTC ms.
 */
import type { Topic } from '../../shared/events/define.ts';
import type { WarroomEvent } from '../../shared/events/registry.ts';
import { readInstant } from '../../shared/events/rfc3339.ts';
import type { Stream } from '../../shared/wire/freshness.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

interface StreamFacts {
  /** The topic its events come by. */
  readonly topic: Topic;
  /**
   * An event received later than this after it happened is history, and history is no sign of life (LI1). Orders and leads
   * are passed on at once; mentions and moves are found after hours; spend is entered on the next day.
   */
  readonly liveWithinMs: number;
}

export const streamFacts: Readonly<Record<Stream, StreamFacts>> = {
  orders: { topic: 'sales', liveWithinMs: HOUR_MS },
  mentions: { topic: 'sentiment', liveWithinMs: 24 * HOUR_MS },
  leads: { topic: 'leads', liveWithinMs: HOUR_MS },
  spend: { topic: 'campaigns', liveWithinMs: 48 * HOUR_MS },
  competitors: { topic: 'competitors', liveWithinMs: 24 * HOUR_MS },
};

/** Whether the receipt of an event says that its source was alive then (LI1). A mention happens for its monitor when it is found. */
export function tellsOfNow(stream: Stream, event: WarroomEvent, receivedAt: number): boolean {
  const found = event.type === 'sentiment.mention' && event.data.detectedAt !== undefined ? readInstant(event.data.detectedAt) : null;
  const happenedAt = typeof found === 'number' ? Math.max(event.occurredAt, found) : event.occurredAt;
  return receivedAt - happenedAt <= streamFacts[stream].liveWithinMs;
}

/** A clock that is wrong by less, and a delivery that took less, do not make a heartbeat older than its receipt. */
const HEARTBEAT_LATE_MS = 5 * MINUTE_MS;

/** When a heartbeat shows that its source was alive (LI2): at its receipt, or at its own time where it comes late. */
export function heartbeatAt(occurredAt: number, receivedAt: number): number {
  return receivedAt - occurredAt <= HEARTBEAT_LATE_MS ? receivedAt : occurredAt;
}

/** A source that has given no sign of its own for so long, while it was read, has given them up. */
const SIGNS_BIND_MS = 7 * 24 * HOUR_MS;

/**
 * The last sign of life of a stream beside its events (LI3): its own ones where it gives any, because a read that reaches
 * the end of the topic says nothing about a shop that has stopped writing into it; otherwise that read.
 * @param own last heartbeat or call; null = never
 * @param read when a read last reached the end of the topic; null = never
 */
export function lastLife(own: number | null, read: number | null, now: number): number | null {
  return own !== null && (read === null || now - own <= SIGNS_BIND_MS) ? own : read;
}
