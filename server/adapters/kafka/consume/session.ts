/**
 * One membership in the consumer group, from joining to its end. A session never joins again:
 * `ended` resolves to the reason of its end, and the consumer decides whether to start another one.
 */
import { Delivery } from './delivery.ts';
import { Generation } from './generation.ts';
import { Membership, type SessionEnd, type SessionParts } from './membership.ts';
import { boundOffset, isAnotherLog } from '../../../pipeline/ingest/partition-start.ts';
import { Fenced, Unavailable } from '../../../pipeline/ports/errors.ts';
import type { Watermarks } from '../cluster.ts';
import { withTimeout } from '../with-timeout.ts';
import type { Partition } from './assignment.ts';
import { another, bindLater } from './log-identity.ts';

/** A record is asked for once in so many polls: it costs a fetch for each partition. */
const pollsPerRecord = 4;

export class Session {
  readonly ended: Promise<SessionEnd>;
  readonly #member: Membership;
  readonly #generation: Generation;
  readonly #delivery: Delivery;
  #left: Promise<void> | undefined;
  #polls = 0;
  /** Offsets last committed to the group's coordinator, by partition. */
  readonly #committed = new Map<string, number>();

  constructor(parts: SessionParts) {
    this.#member = new Membership(parts);
    this.#generation = new Generation(this.#member);
    this.#delivery = new Delivery(this.#member, this.#generation);
    this.ended = this.#member.ended;
  }

  /** Joins the group and starts reading; resolves once the library runs. Failures resolve `ended` and are not thrown. */
  async start(topics: readonly string[]): Promise<void> {
    const { consumer, progress } = this.#member.parts;
    const life = () => progress.life(this.#member.now());
    consumer.on('consumer.heartbeat', life);
    consumer.on('consumer.fetch', life);
    consumer.on('consumer.group_join', ({ payload }) => this.#generation.begin(payload.memberAssignment));
    consumer.on('consumer.end_batch_process', ({ payload }) => this.#delivery.skipped(payload));
    consumer.on('consumer.crash', ({ payload }) => this.#member.end({ kind: 'failed', error: payload.error }));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => this.#delivery.batch(payload),
      });
    } catch (error) {
      this.#member.end({ kind: 'failed', error });
    }
  }

  /**
   * Takes no more batches, waits at most `timeoutMs` for the commit under way, and leaves the group. Records of a commit
   * that was not awaited are delivered again.
   */
  stop(timeoutMs: number): Promise<void> {
    this.#member.end({ kind: 'stopped' });
    this.#left ??= this.#leave();
    return withTimeout(timeoutMs, this.#left).catch((error: unknown) => this.#member.note('leaving the group failed', error));
  }

  async #leave(): Promise<void> {
    this.#delivery.notify();
    await this.#delivery.idle();
    await this.commitForLagTools();
    await this.#member.parts.consumer.disconnect();
  }

  /** Pauses or resumes the partitions of a topic, as `pausedTopics` now demands. Queued batches of a paused topic stay queued. */
  applyPause(topic: string): void {
    for (const part of this.#member.partitions.values()) {
      if (part.topic !== topic || !part.ready) continue;
      this.#generation.applyPause(part);
      this.#delivery.work(part);
    }
    this.#delivery.notify();
  }

  /**
   * Asks the broker about our topics: their ends, for the lag and the progress alarm, and their ids, to find topics that
   * were created again [I3].
   */
  async pollTopics(): Promise<void> {
    const { admin, progress } = this.#member.parts;
    const topics = new Set([...this.#member.partitions.values()].map((part) => part.topic));
    // A member without partitions asks too, because the answer shows that the broker is reachable.
    if (topics.size === 0) await admin.topicNames();
    for (const topic of topics) {
      const { id, partitions } = await admin.topic(topic);
      for (const [partition, marks] of partitions) progress.endAt(`${topic}/${partition}`, marks, this.#member.now());
      for (const part of this.#member.partitions.values()) {
        if (!part.ready || part.topic !== topic) continue;
        const marks = partitions.get(part.partition);
        if (id === null) await this.#askForRecord(part, marks);
        else if (isAnotherLog(part.logId, `topic ${id}`) || boundOffset(part.logId) !== null) this.#generation.renew(part);
      }
    }
    this.#polls += 1;
  }

  /** Where the broker gives topics no id, one of their records tells whether they are still the same. */
  async #askForRecord(part: Partition, marks: Watermarks | undefined): Promise<void> {
    if (!marks || this.#polls % pollsPerRecord !== 0) return;
    const { admin, handler } = this.#member.parts;
    const later = await bindLater(admin, part, marks);
    if (!part.ready || !this.#member.isCurrent(part)) return;
    if (later === another) return this.#generation.renew(part);
    if (later === null) return;
    const { topic, partition, epoch } = part;
    try {
      await handler.settle({ topic, partition, epoch: epoch ?? 0, logId: later, anew: false, empty: false, gap: null });
      part.logId = later;
    } catch (error) {
      // Whoever stores the next batch meets the same and acts on it.
      if (!(error instanceof Unavailable || error instanceof Fenced)) throw error;
    }
  }

  /**
   * Commits the stored positions as the group's offsets, for tools that show the lag. This program never reads them, so
   * a failure costs nothing.
   */
  async commitForLagTools(): Promise<void> {
    const offsets: { topic: string; partition: number; offset: string }[] = [];
    for (const { name, topic, partition, position, ready } of this.#member.partitions.values()) {
      if (!ready || position === null || this.#committed.get(name) === position) continue;
      this.#committed.set(name, position);
      offsets.push({ topic, partition, offset: String(position) });
    }
    if (offsets.length > 0) await withTimeout(2_000, this.#member.parts.consumer.commitOffsets(offsets)).catch(() => {});
  }
}
