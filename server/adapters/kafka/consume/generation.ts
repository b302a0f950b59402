/**
 * Prepares the partitions that a generation of the group assigns to us. Each partition is prepared
 * on its own: its epoch is raised in the store, its stored position is compared with the log, and
 * the library is told where to fetch. Until then the library must not read the partition.
 */
import { retryDelay } from '../../../pipeline/ingest/retry-delay.ts';
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import { startOf } from '../../../pipeline/ingest/partition-start.ts';
import { newPartition, type Partition } from './assignment.ts';
import { holdsBoundRecord, recordToBind } from './log-identity.ts';
import { retryLimits, type Membership } from './membership.ts';

export class Generation {
  readonly #member: Membership;

  constructor(member: Membership) {
    this.#member = member;
  }

  /** Call within the join event of the library, which comes before its first fetch. */
  begin(assigned: Readonly<Record<string, readonly number[]>>): void {
    // A session that was given up may still join while its successor reads already.
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

  /** Makes the library fetch a ready partition, or stop fetching it while its topic is paused. */
  applyPause(part: Partition): void {
    const { pausedTopics, progress } = this.#member.parts;
    const where = [{ topic: part.topic, partitions: [part.partition] }];
    const paused = pausedTopics.has(part.topic);
    this.#member.command((consumer) => (paused ? consumer.pause(where) : consumer.resume(where)));
    progress.excuse(part.name, paused, this.#member.now());
  }

  /**
   * Prepares a partition again because the store or the log is not at the position we assumed; nothing happens if the
   * group reassigns the partition first.
   */
  renew(part: Partition): void {
    part.ready = false;
    this.#member.command((consumer) => consumer.pause([{ topic: part.topic, partitions: [part.partition] }]));
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

  /**
   * Prepares the partition once; throws what the store or the broker throws. The epoch is raised only once, however many
   * attempts the broker needs.
   */
  async #prepare(part: Partition): Promise<void> {
    const { handler, admin, progress } = this.#member.parts;
    if (part.epoch === null) {
      const { epoch, nextOffset, logId } = await handler.assign(part.topic, part.partition);
      part.epoch = epoch;
      part.position = nextOffset;
      part.logId = logId;
    }
    // The end of the log is read after the epoch was raised, because before that a batch under way could still move the position beyond it.
    const { id, partitions } = await admin.topic(part.topic);
    const marks = partitions.get(part.partition);
    if (!marks) throw new Unavailable('broker_error', `the broker does not know partition ${part.name}`);
    const { topic, partition, epoch } = part;
    const holdsRecord = await holdsBoundRecord(admin, part, marks);
    const start = startOf(
      { nextOffset: part.position, logId: part.logId },
      { road: 'topic', logId: id === null ? null : `topic ${id}`, holdsRecord, oldest: marks.low, end: marks.high },
    );
    const logId = id === null ? await recordToBind(admin, part, { marks, start, holdsRecord }) : `topic ${id}`;
    const gap = start.gap && { topic, partition, ...start.gap };
    const { anew } = start;
    const empty = start.empty && part.position !== 0;
    if (gap || anew || empty || logId !== part.logId)
      await handler.settle({ topic, partition, epoch, logId, anew, empty: start.empty, gap });
    part.logId = logId;
    if (start.empty) part.position = 0;
    else if (anew) part.position = null;
    if (!this.#member.isCurrent(part)) return;
    if (gap) this.#member.showGap(gap);
    part.seen = start.from;
    this.#member.command((consumer) => consumer.seek({ topic: part.topic, partition: part.partition, offset: String(start.from) }));
    part.ready = true;
    progress.begin(part.name, start.from, marks, this.#member.now());
    this.applyPause(part);
  }
}
