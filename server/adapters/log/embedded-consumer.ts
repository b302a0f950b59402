/** Reads the embedded log, one batch of each topic after the other, so that a topic with many records does not delay the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceHealth } from '../../../shared/wire/freshness.ts';
import type { Logger } from '../../pipeline/ports/logger.ts';
import { Fenced, Unavailable } from '../../pipeline/ports/errors.ts';
import type { LogBatch, LogConsumer, LogHandler } from '../../pipeline/ports/log.ts';
import { retryDelay } from '../../pipeline/ingest/retry-delay.ts';
import { gapInWords, startOf } from '../../pipeline/ingest/partition-start.ts';
import { showGap, type SourceStatus } from '../../pipeline/ingest/source-status.ts';
import { PausedTopics } from '../../pipeline/ingest/paused-topics.ts';
import type { LogTables } from '../../pipeline/ports/log-tables.ts';

export interface EmbeddedConsumerParts {
  readonly tables: LogTables;
  /** Id of the log, which is the id of the store that contains it. */
  readonly logId: string;
  /** The end of each topic when it was last read, for the lag. */
  readonly ends: Map<string, number>;
  readonly topics: readonly string[];
  readonly status: SourceStatus;
  readonly logger: Logger;
  readonly random: () => number;
  readonly keepRecords: number;
  readonly batchBytes: number;
}

interface Reading {
  readonly topic: string;
  epoch: number;
  position: number;
  trimmedBelow: number;
}

const partition = 0;
const retryLimits = { firstMs: 100, longestMs: 5_000 };
/** Appends wake the reader; polling finds an append whose caller ended before it could wake the reader. */
const pollMs = 5_000;

const opening = { state: 'connecting', reason: 'connecting', detail: 'The embedded log is being opened.' } as const;

export class EmbeddedConsumer implements LogConsumer {
  readonly #parts: EmbeddedConsumerParts;
  readonly #stopping = new AbortController();
  readonly #pausedTopics: PausedTopics;
  #readings: Reading[] = [];
  #running: Promise<void> | undefined;
  #woken = Promise.withResolvers<void>();

  constructor(parts: EmbeddedConsumerParts) {
    this.#parts = parts;
    this.#pausedTopics = new PausedTopics(parts.status);
  }

  run(handler: LogHandler): Promise<void> {
    if (this.#running) throw new Error('a source runs once');
    this.#parts.status.set('connection', opening);
    this.#running = this.#run(handler);
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#running?.catch(() => {});
  }

  /** Makes the consumer read again at once; call after an append and after resuming a topic. */
  wake(): void {
    this.#woken.resolve();
  }

  health(): SourceHealth {
    let lag = 0;
    for (const { topic, position } of this.#readings) lag += Math.max(0, (this.#parts.ends.get(topic) ?? position) - position);
    const health = this.#parts.status.health(this.#readings.length === 0 ? null : lag);
    // Before `run` was called, nothing is wrong and nothing is read, so the source counts as connecting.
    return this.#readings.length === 0 && health.state === 'running' ? { ...health, ...opening } : health;
  }

  pause(topic: string, reason: string, detail: string): void {
    this.#pausedTopics.hold(topic, reason, detail);
  }

  resume(topic: string): boolean {
    const wasPaused = this.#pausedTopics.release(topic);
    this.wake();
    return wasPaused;
  }

  showGap(detail: string | null): void {
    showGap(this.#parts.status, detail);
  }

  async #run(handler: LogHandler): Promise<void> {
    const { topics, status } = this.#parts;
    try {
      const readings: Reading[] = [];
      for (const topic of topics) {
        const reading = await this.#begin(topic, handler);
        if (reading) readings.push(reading);
      }
      this.#readings = readings;
      status.clear('connection');
      while (!this.#stopping.signal.aborted) {
        this.#woken = Promise.withResolvers();
        let consumed = false;
        for (const reading of this.#readings) consumed = (await this.#consumeBatch(reading, handler)) || consumed;
        if (!consumed) await Promise.race([this.#woken.promise, this.#wait(pollMs)]);
      }
    } catch (error) {
      status.set('ended', { state: 'down', reason: 'source_ended', detail: error instanceof Error ? error.message : String(error) });
      throw error;
    }
    status.set('ended', { state: 'stopped', reason: 'stopped', detail: 'Stopped on request.' });
  }

  /** Finds where to read a topic; undefined if the consumer was stopped meanwhile. */
  #begin(topic: string, handler: LogHandler): Promise<Reading | undefined> {
    return this.#whenAvailable(async () => {
      const stored = await handler.assign(topic, partition);
      const { epoch } = stored;
      const start = await this.#parts.tables.start(topic);
      const end = await this.#parts.tables.end(topic);
      this.#parts.ends.set(topic, end);
      const { logId } = this.#parts;
      const { from, anew, gap: found } = startOf(stored, { logId, oldest: start, end });
      const gap = found && { topic, partition, ...found };
      if (gap || anew || logId !== stored.logId) await handler.settle({ topic, partition, epoch, logId, anew, gap });
      if (gap) {
        this.showGap(gapInWords(gap));
        this.#parts.logger.error({ ...gap }, gapInWords(gap));
      }
      return { topic, epoch, position: from, trimmedBelow: start };
    });
  }

  /** Consumes one batch of a topic. Resolves to false if the topic has no record or may not be read. */
  async #consumeBatch(reading: Reading, handler: LogHandler): Promise<boolean> {
    const { tables, ends, batchBytes } = this.#parts;
    const { topic } = reading;
    const end = await tables.end(topic);
    ends.set(topic, end);
    if (this.#stopped(topic) || end <= reading.position) return false;
    const position = await this.#whenAvailable(async () => {
      if (this.#stopped(topic)) return undefined;
      const records = await tables.read(topic, reading.position, batchBytes);
      const last = records.at(-1);
      if (!last) return undefined;
      const nextOffset = last.offset + 1;
      const batch: LogBatch = { topic, partition, epoch: reading.epoch, records, nextOffset, highWatermark: Math.max(end, nextOffset) };
      const batches = [batch];
      let reached = reading.position;
      await handler.consume({
        batches,
        stored: (next) => {
          reached = next;
          if (next >= nextOffset) batches.pop();
          return !this.#stopped(topic);
        },
      });
      return reached;
    }).catch(async (error: unknown) => {
      if (!(error instanceof Fenced)) throw error;
      Object.assign(reading, await this.#begin(topic, handler));
      return reading.position;
    });
    if (position === undefined) return false;
    reading.position = position;
    await this.#trim(reading);
    return true;
  }

  #stopped(topic: string): boolean {
    return this.#stopping.signal.aborted || this.#pausedTopics.has(topic);
  }

  /** Repeats the work while the store is unavailable; undefined if the consumer was stopped. */
  async #whenAvailable<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { status, random } = this.#parts;
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        const result = await work();
        status.clear('store');
        return result;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        status.set('store', { state: 'down', reason: error.code, detail: error.message });
        await this.#wait(retryDelay(attempt, retryLimits, random));
      }
    }
    return undefined;
  }

  /** Deletes consumed records. Each deletion costs a transaction, so many records are deleted at a time. */
  async #trim(reading: Reading): Promise<void> {
    const below = reading.position - this.#parts.keepRecords;
    if (below - reading.trimmedBelow < Math.max(1, this.#parts.keepRecords)) return;
    try {
      await this.#parts.tables.trim(reading.topic, below);
      reading.trimmedBelow = below;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
}
