/**
 * The line's side of a log, as simple as it can be and still true: epochs and next
 * offsets as the store would keep them, every record that was "committed", and
 * switches to be away, slow or broken.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Fenced } from '../../../server/pipeline/ports/errors.ts';
import type { LogBatch, LogFeed, LogGap, LogHandler, LogRecord, PartitionStart } from '../../../server/pipeline/ports/log.ts';

export interface Taken extends LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
}

export class RecordingHandler implements LogHandler {
  /** Without `logId`: a position that an older version stored. */
  readonly offsets = new Map<string, { epoch: number; nextOffset: number | null; logId?: string | null }>();
  readonly taken: Taken[] = [];
  readonly batches: LogBatch[] = [];
  readonly gaps: LogGap[] = [];
  assignments = 0;
  /** Runs before a batch is committed; what it throws is what the line throws. */
  before: (batch: LogBatch) => Promise<void> | void = () => {};

  assign(topic: string, partition: number) {
    this.assignments += 1;
    const known = this.offsets.get(`${topic}/${partition}`) ?? { epoch: 0, nextOffset: null };
    const raised = { ...known, logId: known.logId ?? null, epoch: known.epoch + 1 };
    this.offsets.set(`${topic}/${partition}`, raised);
    return Promise.resolve(raised);
  }

  async consume(feed: LogFeed): Promise<void> {
    for (let batch = feed.batches[0]; batch; batch = feed.batches[0]) {
      await this.#commit(batch);
      if (!feed.stored(batch.nextOffset)) return;
    }
  }

  async #commit(batch: LogBatch): Promise<void> {
    this.batches.push(batch);
    await this.before(batch);
    const at = this.offsets.get(`${batch.topic}/${batch.partition}`);
    if (at?.epoch !== batch.epoch) throw new Fenced(`epoch ${batch.epoch} is not ${at?.epoch}`);
    const { topic, partition, epoch } = batch;
    for (const record of batch.records) if (record.offset >= (at.nextOffset ?? 0)) this.taken.push({ ...record, topic, partition, epoch });
    this.offsets.set(`${topic}/${partition}`, { ...at, nextOffset: batch.nextOffset });
  }

  settle({ topic, partition, epoch, logId, anew, empty, gap }: PartitionStart): Promise<void> {
    const at = this.offsets.get(`${topic}/${partition}`);
    if (at?.epoch !== epoch) throw new Fenced(`epoch ${epoch} is not ${at?.epoch}`);
    this.offsets.set(`${topic}/${partition}`, { epoch, logId, nextOffset: empty ? 0 : anew ? null : at.nextOffset });
    if (gap) this.gaps.push(gap);
    return Promise.resolve();
  }

  gap(gap: LogGap): Promise<void> {
    this.gaps.push(gap);
    return Promise.resolve();
  }

  logId(topic: string, partition = 0): string | null {
    return this.offsets.get(`${topic}/${partition}`)?.logId ?? null;
  }

  values(): string[] {
    return this.taken.map(({ value }) => (value ? Buffer.from(value).toString() : '∅'));
  }

  /** Waits until so many records are committed. */
  async has(count: number, timeoutMs = 60_000): Promise<void> {
    await until(
      () => this.taken.length >= count,
      `${count} records`,
      timeoutMs,
      () => `${this.taken.length} came`,
    );
  }
}

export async function until(
  holds: () => boolean,
  what: string,
  timeoutMs = 60_000,
  found: () => string = () => 'it did not',
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}: ${found()}`);
    await sleep(10);
  }
}
