/**
 * Hands what was fetched to the line, one batch of a partition at a time, and the same batch
 * again while the store is away; what comes meanwhile goes with the next. What is no longer
 * ours, or does not join on to what we have, is let go: the next fetch brings it again.
 *
 * The library does not fetch while it waits for us, so a batch is taken as soon as
 * there is room for it, and folded while the next one is on its way.
 */
import { Fenced, Unavailable } from '../../../pipeline/ports/errors.ts';
import type { LogBatch } from '../../../pipeline/ports/log.ts';
import { retryDelay } from '../../../pipeline/ingest/retry-delay.ts';
import type { Partition, Waiting } from './assignment.ts';
import type { EachBatchPayload } from '../client.ts';
import type { Generation } from './generation.ts';
import { retryLimits, type Membership } from './membership.ts';
import { fetchedChunks, type ChunkLimits } from './records.ts';
import { FetchBudget } from './fetch-budget.ts';

/** The library sends the heartbeats of a working group while it fetches; the line has none to send. */
const nothingToKeepAlive = () => Promise.resolve();

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
    for (const { records, lastOffset, bytes } of fetchedChunks(batch.messages, this.#member.parts.limits)) {
      // The end of the fetched batch lies beyond its last record when markers follow.
      const nextOffset = Number(lastOffset === last.offset ? batch.lastOffset() : lastOffset) + 1;
      waiting.push({ batch: { topic, partition, epoch, records, nextOffset, highWatermark }, bytes });
    }
    part.seen = Number(batch.lastOffset()) + 1;
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

  /** Folds what waits of a partition, one batch after the other, until nothing is left or it may not be read. */
  work(part: Partition): void {
    if (part.working) return;
    part.working = true;
    const work = this.#workOff(part).finally(() => {
      this.#working.delete(work);
    });
    this.#working.add(work);
  }

  /** Something changed that whoever waits for room should look at. */
  notify(): void {
    this.#room.changed();
  }

  /** Resolves once no slice is in hand. */
  async idle(): Promise<void> {
    await Promise.all(this.#working);
  }

  async #workOff(part: Partition): Promise<void> {
    const { waiting } = part;
    while (waiting.length > 0 && this.#mayWork(part)) {
      const [taken, batch] = together(waiting, this.#member.parts.limits);
      if (!(await this.#deliver(part, batch))) continue;
      waiting.splice(0, taken);
      this.#advance(part, batch);
      this.#room.changed();
    }
    part.working = false;
    this.#room.changed();
  }

  #mayWork(part: Partition): boolean {
    return this.#member.isCurrent(part) && !this.#member.parts.pausedTopics.has(part.topic);
  }

  #advance(part: Partition, batch: LogBatch): void {
    const { progress } = this.#member.parts;
    part.position = batch.nextOffset;
    progress.moved(part.name, part.waiting.length === 0 ? part.seen : batch.nextOffset, this.#member.now());
    progress.endAt(part.name, { high: batch.highWatermark }, this.#member.now());
  }

  /** Offers the same records until they are stored; false when that may not go on. */
  async #deliver(part: Partition, batch: LogBatch): Promise<boolean> {
    const { handler, status, random } = this.#member.parts;
    for (let attempt = 0; this.#mayWork(part); attempt += 1) {
      try {
        await handler.batch(batch, nothingToKeepAlive);
        if (attempt > 0) this.#member.storeAway(false);
        status.clear('store');
        return true;
      } catch (error) {
        if (!(error instanceof Unavailable)) {
          this.#refused(part, error);
          return false;
        }
        this.#member.tellOutage('', error);
        this.#member.storeAway(true);
        await this.#member.wait(retryDelay(attempt, retryLimits, random));
      }
    }
    return false;
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
        this.#member.tellGap(gap);
      }
      part.seen = first;
      return this.#member.isCurrent(part);
    } catch (error) {
      if (!this.#member.mayRetry(error)) this.#member.giveUp(error);
      this.#member.tellOutage(`looking at the start of ${part.name} failed, trying again`, error);
      await this.#member.wait(500);
      return false;
    }
  }
}

/**
 * How many that wait are taken at once, and those as one batch: what came while the store was busy costs it one
 * transaction, of at most two slices' bytes.
 */
function together(waiting: readonly Waiting[], limits: ChunkLimits): readonly [number, LogBatch] {
  const [{ batch: first, bytes: firstBytes }, ...rest] = waiting as readonly [Waiting, ...Waiting[]];
  let { records } = first;
  let bytes = firstBytes;
  let last = first;
  let taken = 1;
  for (const { batch: next, bytes: more } of rest) {
    bytes += more;
    if (next.epoch !== first.epoch || records.length + next.records.length > limits.records || bytes > 2 * limits.bytes) break;
    records = records.concat(next.records);
    last = next;
    taken += 1;
  }
  const { nextOffset, highWatermark } = last;
  return [taken, { ...first, records, nextOffset, highWatermark }];
}
