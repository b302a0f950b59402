/**
 * One membership in the consumer group, from joining to its end. It never decides
 * to come back: `ended` says why it is over, the consumer decides.
 */
import { Delivery } from './delivery.ts';
import { Generation } from './generation.ts';
import { Membership, type SessionEnd, type SessionParts } from './membership.ts';
import { isAnotherLog } from '../../../pipeline/ingest/partition-start.ts';
import { withTimeout } from '../with-timeout.ts';

export class Session {
  readonly ended: Promise<SessionEnd>;
  readonly #member: Membership;
  readonly #generation: Generation;
  readonly #delivery: Delivery;
  #leaving: Promise<void> | undefined;
  /** Offsets last committed to the group's coordinator, by partition. */
  readonly #committed = new Map<string, number>();

  constructor(parts: SessionParts) {
    this.#member = new Membership(parts);
    this.#generation = new Generation(this.#member);
    this.#delivery = new Delivery(this.#member, this.#generation);
    this.ended = this.#member.ended;
  }

  /** Joins and starts to read; resolves once the library has taken over. Failures come out of `ended`. */
  async start(topics: readonly string[]): Promise<void> {
    const { consumer, progress } = this.#member.parts;
    const life = () => progress.life(this.#member.now());
    consumer.on('consumer.heartbeat', life);
    consumer.on('consumer.fetch', life);
    consumer.on('consumer.group_join', ({ payload }) => this.#generation.begin(payload.memberAssignment));
    consumer.on('consumer.end_batch_process', ({ payload }) => this.#delivery.passed(payload));
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

  /** Takes nothing new, waits as long as given for the commit under way, leaves the group. What is cut short is delivered again. */
  stop(patienceMs: number): Promise<void> {
    this.#member.end({ kind: 'stopped' });
    const leaving = (this.#leaving ??= this.#leave());
    return withTimeout(patienceMs, leaving).catch((error: unknown) => this.#member.note('leaving the group failed', error));
  }

  async #leave(): Promise<void> {
    this.#delivery.notify();
    await this.#delivery.idle();
    await this.commitForLagTools();
    await this.#member.parts.consumer.disconnect();
  }

  /** Pauses or resumes a topic's partitions as `pausedTopics` now says. What waits of them stays until they are resumed. */
  applyPause(topic: string): void {
    for (const part of this.#member.partitions.values()) {
      if (part.topic !== topic || !part.ready) continue;
      this.#generation.release(part);
      this.#delivery.work(part);
    }
    this.#delivery.notify();
  }

  /** Asks the broker about our topics: ends for lag and the progress alarm, identities for topics made anew [I3]. */
  async pollTopics(): Promise<void> {
    const { admin, progress } = this.#member.parts;
    const topics = new Set([...this.#member.partitions.values()].map((part) => part.topic));
    // A member without partitions asks as well: the answer says that the broker is there.
    if (topics.size === 0) await admin.topicNames();
    for (const topic of topics) {
      const { id, partitions } = await admin.topic(topic);
      for (const [partition, marks] of partitions) progress.endAt(`${topic}/${partition}`, marks, this.#member.now());
      for (const part of this.#member.partitions.values())
        if (part.ready && part.topic === topic && isAnotherLog(part.logId, id && `topic ${id}`)) this.#generation.renew(part);
    }
  }

  /** The group's own offsets follow what is stored; nothing here reads them, and a failure costs nothing. */
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
