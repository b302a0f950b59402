/**
 * Hands what the library fetched to the line, slice by slice, and the same slice
 * again while the store is away. What is no longer ours, or does not join on to what
 * we have, is let go: the next fetch brings it again.
 */
import { Fenced, Unavailable, type LogBatch } from '../../pipeline/ports.ts';
import { retryDelay } from '../../pipeline/retry-delay.ts';
import { lost, type Partition } from './assignment.ts';
import type { EachBatchPayload } from './client.ts';
import type { Generation } from './generation.ts';
import { retryLimits, type Membership } from './membership.ts';
import { slices } from './records.ts';

/** While the line works or waits the group must see us alive; the library sends no more than its interval wants. */
const pulseMs = 1_000;

interface Turn {
  /** Never throws. */
  keepAlive(): Promise<void>;
  /** What a heartbeat was answered when the group wants us to join anew. */
  lost: unknown;
}

export class Delivery {
  readonly #member: Membership;
  readonly #generation: Generation;

  constructor(member: Membership, generation: Generation) {
    this.#member = member;
    this.#generation = generation;
  }

  async batch({ batch, resolveOffset, heartbeat, isStale }: EachBatchPayload): Promise<void> {
    const part = this.#member.partitions.get(`${batch.topic}/${batch.partition}`);
    const first = batch.firstOffset();
    if (!part?.ready || isStale() || first === null) return;
    if (Number(first) !== part.seen && !(await this.#fits(part, Number(first)))) return;

    const turn = takeTurn(heartbeat);
    const highWatermark = Number(batch.highWatermark);
    const lastMessage = batch.messages.at(-1)?.offset;
    const { topic, partition } = part;
    for (const { records, lastOffset } of slices(batch.messages, this.#member.parts.limits)) {
      // The end of the fetched batch lies beyond its last record when markers follow.
      const nextOffset = Number(lastOffset === lastMessage ? batch.lastOffset() : lastOffset) + 1;
      const taken = await this.#deliver(part, { topic, partition, epoch: part.epoch ?? 0, records, nextOffset, highWatermark }, turn);
      if (taken) {
        this.#advance(part, nextOffset, highWatermark);
        resolveOffset(lastOffset);
        await turn.keepAlive();
      }
      // Thrown to the library, which then joins anew.
      if (turn.lost !== undefined) throw turn.lost;
      if (!taken) return;
    }
  }

  /** Batches without a record for us (markers, aborted transactions) never reach `batch`, but they are progress. */
  passed(batch: { topic: string; partition: number; batchSize: number; firstOffset: string | null; lastOffset: string | null }): void {
    const part = this.#member.partitions.get(`${batch.topic}/${batch.partition}`);
    if (batch.batchSize > 0 || this.#member.over || !part?.ready || batch.firstOffset === null || batch.lastOffset === null) return;
    const next = Number(batch.lastOffset) + 1;
    this.#member.parts.progress.moved(part.name, next, this.#member.now());
    // A jump is left to the next batch with records, which asks the broker about it.
    if (Number(batch.firstOffset) <= part.seen) part.seen = Math.max(part.seen, next);
  }

  #advance(part: Partition, nextOffset: number, highWatermark: number): void {
    const { progress } = this.#member.parts;
    part.position = nextOffset;
    part.seen = nextOffset;
    progress.moved(part.name, nextOffset, this.#member.now());
    progress.endAt(part.name, highWatermark, this.#member.now());
  }

  /** Offers the same records until they are stored; false when they are no longer ours to store. */
  async #deliver(part: Partition, batch: LogBatch, turn: Turn): Promise<boolean> {
    const { handler, status, progress, braked, random } = this.#member.parts;
    const pulse = setInterval(() => void turn.keepAlive(), pulseMs);
    try {
      // A lost turn ends the waiting, never a slice in hand: the epoch guards the store.
      for (let attempt = 0; this.#member.isCurrent(part) && !braked.has(part.topic) && turn.lost === undefined; attempt += 1) {
        try {
          await handler.batch(batch, turn.keepAlive);
          if (attempt > 0) progress.excuse(part.name, false, this.#member.now());
          status.clear('store');
          return true;
        } catch (error) {
          if (!(error instanceof Unavailable)) return this.#refused(part, error);
          this.#member.tellOutage('', error);
          progress.excuse(part.name, true, this.#member.now());
          await this.#member.wait(retryDelay(attempt, retryLimits, random));
        }
      }
      return false;
    } finally {
      clearInterval(pulse);
    }
  }

  #refused(part: Partition, error: unknown): false {
    if (!(error instanceof Fenced)) this.#member.end({ kind: 'bug', error });
    else if (this.#member.isCurrent(part)) this.#generation.renew(part);
    return false;
  }

  /** A jump is fine unless the log's start moved over our offset; a step back is the library's reset. */
  async #fits(part: Partition, first: number): Promise<boolean> {
    const { admin, handler } = this.#member.parts;
    if (first < part.seen) {
      this.#generation.renew(part);
      return false;
    }
    try {
      const marks = (await admin.watermarks(part.topic)).get(part.partition);
      if (!marks || !this.#member.isCurrent(part)) return false;
      if (marks.low > part.seen) {
        const gap = lost(part.name, part.seen, marks.low);
        await handler.gap(part.topic, part.partition, gap.expected, gap.oldest);
        this.#member.tellGap(part, gap);
      }
      part.seen = first;
      return this.#member.isCurrent(part);
    } catch (error) {
      if (!this.#member.mayRetry(error)) this.#member.end({ kind: 'bug', error });
      this.#member.tellOutage(`looking at the start of ${part.name} failed, trying again`, error);
      await this.#member.wait(500);
      return false;
    }
  }
}

function takeTurn(heartbeat: () => Promise<void>): Turn {
  const turn: Turn = {
    lost: undefined,
    keepAlive: async () => {
      if (turn.lost !== undefined) return;
      await heartbeat().catch((error: unknown) => (turn.lost = error));
    },
  };
  return turn;
}
