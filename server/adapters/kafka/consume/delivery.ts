/**
 * Hands fetched batches to consumption, each partition's as one feed that grows while it is
 * worked on, and offers them again while the store is away. What is no longer ours, or does
 * not join on to what we have, is let go: the next fetch brings it again.
 *
 * The library does not fetch while it waits for us, so a batch is taken as soon as
 * there is room for it, and folded while the next one is on its way.
 */
import { Fenced, Unavailable } from '../../../pipeline/ports/errors.ts';
import type { LogFeed } from '../../../pipeline/ports/log.ts';
import { retryDelay } from '../../../pipeline/ingest/retry-delay.ts';
import type { Partition } from './assignment.ts';
import type { EachBatchPayload } from '../client.ts';
import type { Generation } from './generation.ts';
import { retryLimits, type Membership } from './membership.ts';
import { recordsOf } from './records.ts';
import { FetchBudget } from './fetch-budget.ts';

export class Delivery {
  readonly #member: Membership;
  readonly #generation: Generation;
  readonly #room: FetchBudget;
  readonly #working = new Set<Promise<void>>();

  constructor(member: Membership, generation: Generation) {
    this.#member = member;
    this.#generation = generation;
    this.#room = new FetchBudget(member);
  }

  /** Resolves once the batch waits for its turn here; throws what a heartbeat threw, for the library to join anew. */
  async batch({ batch, resolveOffset, heartbeat, isStale }: EachBatchPayload): Promise<void> {
    const part = this.#member.partitions.get(`${batch.topic}/${batch.partition}`);
    const first = batch.firstOffset();
    const last = batch.messages.at(-1);
    if (!part?.ready || isStale() || first === null || !last) return;
    if (Number(first) !== part.seen && !(await this.#fits(part, Number(first)))) return;
    if (!(await this.#room.wait(part, heartbeat)) || isStale()) return;

    const { topic, partition, waiting } = part;
    const [epoch, highWatermark] = [part.epoch ?? 0, Number(batch.highWatermark)];
    const { records, bytes } = recordsOf(batch.messages);
    // The end of the fetched batch lies beyond its last record when markers follow.
    const nextOffset = Number(batch.lastOffset()) + 1;
    if (records.length > 0) waiting.push({ topic, partition, epoch, records, nextOffset, highWatermark, bytes });
    part.seen = nextOffset;
    resolveOffset(last.offset);
    this.work(part);
  }

  /** Batches without a record for us (markers, aborted transactions) never reach `batch`, but they are progress. */
  passed(batch: { topic: string; partition: number; batchSize: number; firstOffset: string | null; lastOffset: string | null }): void {
    const part = this.#member.partitions.get(`${batch.topic}/${batch.partition}`);
    if (batch.batchSize > 0 || this.#member.over || !part?.ready || batch.firstOffset === null || batch.lastOffset === null) return;
    // A jump is left to the next batch with records, which asks the broker about it.
    const next = Number(batch.lastOffset) + 1;
    if (Number(batch.firstOffset) <= part.seen) part.seen = Math.max(part.seen, next);
    if (part.waiting.length === 0) this.#member.parts.progress.moved(part.name, next, this.#member.now());
  }

  /** Has what waits of a partition committed until nothing is left or it may not be read. */
  work(part: Partition): void {
    if (part.working) return;
    part.working = true;
    const work = this.#workOff(part).finally(() => {
      this.#working.delete(work);
    });
    this.#working.add(work);
  }

  /** To be called when something changed that batches waiting for room depend on. */
  notify(): void {
    this.#room.changed();
  }

  /** Resolves once nothing is being committed. */
  async idle(): Promise<void> {
    await Promise.all(this.#working);
  }

  async #workOff(part: Partition): Promise<void> {
    const { handler, status, random } = this.#member.parts;
    let failures = 0;
    const feed: LogFeed = {
      batches: part.waiting,
      stored: (nextOffset) => {
        if (failures > 0) this.#member.storeAway(false);
        failures = 0;
        status.clear('store');
        this.#advance(part, nextOffset);
        return this.#mayWork(part);
      },
    };
    while (part.waiting.length > 0 && this.#mayWork(part)) {
      try {
        await handler.consume(feed);
      } catch (error) {
        if (!(error instanceof Unavailable)) {
          this.#refused(part, error);
          break;
        }
        this.#member.showOutage('', error);
        this.#member.storeAway(true);
        await this.#member.wait(retryDelay(failures++, retryLimits, random));
      }
    }
    part.working = false;
    this.#room.changed();
  }

  #mayWork(part: Partition): boolean {
    return this.#member.isCurrent(part) && !this.#member.parts.pausedTopics.has(part.topic);
  }

  #advance(part: Partition, nextOffset: number): void {
    const { progress } = this.#member.parts;
    const { waiting } = part;
    const high = waiting[0]?.highWatermark ?? nextOffset;
    while (waiting[0] && waiting[0].nextOffset <= nextOffset) waiting.shift();
    part.position = nextOffset;
    progress.moved(part.name, waiting.length === 0 ? part.seen : nextOffset, this.#member.now());
    progress.endAt(part.name, { high }, this.#member.now());
    this.#room.changed();
  }

  #refused(part: Partition, error: unknown): void {
    if (!(error instanceof Fenced)) this.#member.end({ kind: 'bug', error });
    else if (this.#member.isCurrent(part)) this.#generation.renew(part);
  }

  /** A jump is fine unless the log's start moved over our offset; a step back is the library's reset. */
  async #fits(part: Partition, first: number): Promise<boolean> {
    const { admin, handler } = this.#member.parts;
    if (first < part.seen) {
      this.#generation.renew(part);
      return false;
    }
    try {
      const marks = (await admin.topic(part.topic)).partitions.get(part.partition);
      if (!marks || !this.#member.isCurrent(part)) return false;
      if (marks.low > part.seen) {
        const { topic, partition, seen } = part;
        const gap = { topic, partition, expected: seen, oldest: marks.low, cause: 'lost' } as const;
        await handler.gap(gap);
        this.#member.showGap(gap);
      }
      part.seen = first;
      return this.#member.isCurrent(part);
    } catch (error) {
      if (!this.#member.mayRetry(error)) this.#member.giveUp(error);
      this.#member.showOutage(`looking at the start of ${part.name} failed, trying again`, error);
      await this.#member.wait(500);
      return false;
    }
  }
}
