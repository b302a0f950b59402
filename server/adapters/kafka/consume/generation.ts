/**
 * A generation of the group gives us partitions; each becomes ready on its own: its
 * epoch raised in the store, its start checked against the log, the fetch loop sent
 * there. Until then the library must not read it.
 */
import { retryDelay } from '../../../pipeline/ingest/retry-delay.ts';
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import { startOf } from '../../../pipeline/ingest/partition-start.ts';
import { newPartition, type Partition } from './assignment.ts';
import { retryLimits, type Membership } from './membership.ts';

export class Generation {
  readonly #member: Membership;

  constructor(member: Membership) {
    this.#member = member;
  }

  /** Runs within the library's join event, that is before its first fetch. */
  begin(assigned: Readonly<Record<string, readonly number[]>>): void {
    // A session given up may still be on its way out when its successor reads.
    if (this.#member.over) return;
    const { progress, onJoined, consumer } = this.#member.parts;
    progress.life(this.#member.now());
    progress.clear();
    onJoined();
    const partitions = Object.entries(assigned).flatMap(([topic, numbers]) => numbers.map((n) => newPartition(topic, n)));
    this.#member.partitions = new Map(partitions.map((part) => [part.name, part]));
    consumer.pause(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })));
    for (const part of partitions) void this.#makeReady(part);
  }

  /** Lets the fetch loop have a ready partition, or not while its topic is paused. */
  release(part: Partition): void {
    const { pausedTopics, progress } = this.#member.parts;
    const where = [{ topic: part.topic, partitions: [part.partition] }];
    const held = pausedTopics.has(part.topic);
    this.#member.order((consumer) => (held ? consumer.pause(where) : consumer.resume(where)));
    progress.excuse(part.name, held, this.#member.now());
  }

  /** The store or the log stands elsewhere than we thought: learn anew, unless the group takes the partition away first. */
  renew(part: Partition): void {
    part.ready = false;
    this.#member.order((consumer) => consumer.pause([{ topic: part.topic, partitions: [part.partition] }]));
    const again = newPartition(part.topic, part.partition);
    this.#member.partitions = new Map(this.#member.partitions).set(part.name, again);
    void this.#member.wait(500).then(() => this.#makeReady(again));
  }

  async #makeReady(part: Partition): Promise<void> {
    const { status, random } = this.#member.parts;
    for (let attempt = 0; this.#member.isCurrent(part); attempt += 1) {
      try {
        await this.#prepare(part);
        status.clear('store');
        return;
      } catch (error) {
        if (!this.#member.mayRetry(error)) return this.#member.giveUp(error);
        this.#member.showOutage(`preparing ${part.name} failed, trying again`, error);
        await this.#member.wait(retryDelay(attempt, retryLimits, random));
      }
    }
  }

  /** One try; throws what the store or the broker throw. The epoch is raised once, however often the broker has to be asked. */
  async #prepare(part: Partition): Promise<void> {
    const { handler, admin, progress } = this.#member.parts;
    if (part.epoch === null) {
      const { epoch, nextOffset, logId } = await handler.assign(part.topic, part.partition);
      part.epoch = epoch;
      part.position = nextOffset;
      part.logId = logId;
    }
    // After the epoch was raised: before, a batch under way might still move the position beyond this end.
    const { id, partitions } = await admin.topic(part.topic);
    const marks = partitions.get(part.partition);
    if (!marks) throw new Unavailable('broker_error', `the broker does not know partition ${part.name}`);
    const logId = id === null ? null : `topic ${id}`;
    const { topic, partition, epoch } = part;
    const start = startOf({ nextOffset: part.position, logId: part.logId }, { logId, oldest: marks.low, end: marks.high });
    const gap = start.gap && { topic, partition, ...start.gap };
    if (gap || start.anew || logId !== part.logId) await handler.settle({ topic, partition, epoch, logId, anew: start.anew, gap });
    part.logId = logId;
    if (start.anew) part.position = null;
    if (!this.#member.isCurrent(part)) return;
    if (gap) this.#member.showGap(gap);
    part.seen = start.from;
    this.#member.order((consumer) => consumer.seek({ topic: part.topic, partition: part.partition, offset: String(start.from) }));
    part.ready = true;
    progress.begin(part.name, start.from, marks, this.#member.now());
    this.release(part);
  }
}
