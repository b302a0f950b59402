/**
 * Hands fetched batches to consumption. The batches of a partition form one feed that grows while
 * it is consumed; while the store is unavailable the feed is offered again. A batch of a partition
 * that is no longer assigned to us, or that does not continue where the previous batch ended, is
 * dropped, and the next fetch brings it again.
 *
 * The library does not fetch while it waits for `batch`, so `batch` resolves as soon as the fetch
 * budget allows another one, and a batch is folded while the next one is being fetched.
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
  readonly #budget: FetchBudget;
  readonly #working = new Set<Promise<void>>();

  constructor(member: Membership, generation: Generation) {
    this.#member = member;
    this.#generation = generation;
    this.#budget = new FetchBudget(member);
  }

  /** Resolves once the batch is queued. Throws what a heartbeat threw, so that the library joins the group again. */
  async batch({ batch, resolveOffset, heartbeat, isStale }: EachBatchPayload): Promise<void> {
    const part = this.#member.partitions.get(`${batch.topic}/${batch.partition}`);
    const first = batch.firstOffset();
    const last = batch.messages.at(-1);
    if (!part?.ready || isStale() || first === null || !last) return;
    if (Number(first) !== part.seen && !(await this.#accepts(part, Number(first)))) return;
    if (!(await this.#budget.wait(part, heartbeat)) || isStale()) return;

    const { topic, partition, waiting } = part;
    const [epoch, highWatermark] = [part.epoch ?? 0, Number(batch.highWatermark)];
    const { records, bytes } = recordsOf(batch.messages);
    // When transaction markers follow the last record, the fetched batch ends beyond that record.
    const nextOffset = Number(batch.lastOffset()) + 1;
    if (records.length > 0) waiting.push({ topic, partition, epoch, records, nextOffset, highWatermark, bytes });
    part.seen = nextOffset;
    resolveOffset(last.offset);
    this.work(part);
  }

  /**
   * Records the progress made by fetched batches without a record for us (markers, aborted transactions), which the
   * library does not hand to `batch`.
   */
  skipped(batch: { topic: string; partition: number; batchSize: number; firstOffset: string | null; lastOffset: string | null }): void {
    const part = this.#member.partitions.get(`${batch.topic}/${batch.partition}`);
    if (batch.batchSize > 0 || this.#member.over || !part?.ready || batch.firstOffset === null || batch.lastOffset === null) return;
    // Offsets may be missing before this batch; the next batch with records asks the broker why.
    const next = Number(batch.lastOffset) + 1;
    if (Number(batch.firstOffset) <= part.seen) part.seen = Math.max(part.seen, next);
    if (part.waiting.length === 0) this.#member.parts.progress.moved(part.name, next, this.#member.now());
  }

  /** Starts committing the queued batches of a partition, until none is left or the partition may not be read. */
  work(part: Partition): void {
    if (part.working) return;
    part.working = true;
    const work = this.#commitQueued(part).finally(() => {
      this.#working.delete(work);
    });
    this.#working.add(work);
  }

  /** Makes batches that wait for the fetch budget check again; call after pausing, resuming or ending. */
  notify(): void {
    this.#budget.changed();
  }

  /** Resolves once no batch is being committed. */
  async idle(): Promise<void> {
    await Promise.all(this.#working);
  }

  async #commitQueued(part: Partition): Promise<void> {
    const { handler, status, random } = this.#member.parts;
    let failures = 0;
    const feed: LogFeed = {
      batches: part.waiting,
      stored: (nextOffset) => {
        if (failures > 0) this.#member.storeAway(false);
        failures = 0;
        status.clear('store');
        this.#advance(part, nextOffset);
        return this.#mayCommit(part);
      },
    };
    while (part.waiting.length > 0 && this.#mayCommit(part)) {
      try {
        await handler.consume(feed);
      } catch (error) {
        if (!(error instanceof Unavailable)) {
          this.#onRejected(part, error);
          break;
        }
        this.#member.showOutage('', error);
        this.#member.storeAway(true);
        await this.#member.wait(retryDelay(failures++, retryLimits, random));
      }
    }
    part.working = false;
    this.#budget.changed();
  }

  #mayCommit(part: Partition): boolean {
    return this.#member.isCurrent(part) && !this.#member.parts.pausedTopics.has(part.topic);
  }

  #advance(part: Partition, nextOffset: number): void {
    const { progress } = this.#member.parts;
    const { waiting } = part;
    const high = waiting[0]?.highWatermark ?? nextOffset;
    while (waiting[0] && waiting[0].nextOffset <= nextOffset) part.lastStored = waiting.shift()?.records.at(-1)?.offset ?? part.lastStored;
    part.position = nextOffset;
    progress.moved(part.name, waiting.length === 0 ? part.seen : nextOffset, this.#member.now());
    progress.endAt(part.name, { high }, this.#member.now());
    this.#budget.changed();
  }

  #onRejected(part: Partition, error: unknown): void {
    if (!(error instanceof Fenced)) this.#member.end({ kind: 'bug', error });
    else if (this.#member.isCurrent(part)) this.#generation.renew(part);
  }

  /**
   * Decides about a batch that does not begin at the expected offset. Missing offsets are normal unless the
   * start of the log has moved beyond our offset, which is a gap. An earlier offset means that the library
   * was reset, so the partition is prepared again. Resolves to true if the batch may be queued.
   */
  async #accepts(part: Partition, first: number): Promise<boolean> {
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
      this.#member.showOutage(`reading the start of ${part.name} failed, trying again`, error);
      await this.#member.wait(500);
      return false;
    }
  }
}
