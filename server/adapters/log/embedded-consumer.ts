/** Reads the embedded log, topic by topic in turn, so that a full topic does not starve the others. */
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
  /** Identity of the log, which is that of the store it lives in. */
  readonly logId: string;
  /** Next offset of each topic as last seen here, for lag. */
  readonly ends: Map<string, number>;
  readonly topics: readonly string[];
  readonly status: SourceStatus;
  /** The store's clock. */
  readonly now: () => number;
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
  /** When each topic was last read to its end. */
  readonly #reachedEnd = new Map<string, number>();
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

  /** Reads again at once: something was appended, or a topic was resumed. */
  wake(): void {
    this.#woken.resolve();
  }

  health(): SourceHealth {
    let lag = 0;
    for (const { topic, position } of this.#readings) lag += Math.max(0, (this.#parts.ends.get(topic) ?? position) - position);
    const health = this.#parts.status.health(this.#readings.length === 0 ? null : lag);
    // Before `run` was called nothing is wrong yet, and nothing is read either.
    return this.#readings.length === 0 && health.state === 'running' ? { ...health, ...opening } : health;
  }

  reachedEndAt(topic: string): number | null {
    return this.#reachedEnd.get(topic) ?? null;
  }

  pause(topic: string, reason: string, detail: string): void {
    this.#pausedTopics.hold(topic, reason, detail);
  }

  resume(topic: string): boolean {
    const held = this.#pausedTopics.release(topic);
    this.wake();
    return held;
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
        let took = false;
        for (const reading of this.#readings) took = (await this.#turn(reading, handler)) || took;
        if (!took) await Promise.race([this.#woken.promise, this.#wait(pollMs)]);
      }
    } catch (error) {
      status.set('ended', { state: 'down', reason: 'source_ended', detail: error instanceof Error ? error.message : String(error) });
      throw error;
    }
    status.set('ended', { state: 'stopped', reason: 'stopped', detail: 'Stopped on request.' });
  }

  /** undefined when stopped meanwhile. */
  #begin(topic: string, handler: LogHandler): Promise<Reading | undefined> {
    return this.#untilTaken(async () => {
      const stored = await handler.assign(topic, partition);
      const { epoch } = stored;
      const start = await this.#parts.tables.start(topic);
      const end = await this.#parts.tables.end(topic);
      this.#parts.ends.set(topic, end);
      const { logId } = this.#parts;
      const { from, anew, gap: found } = startOf(stored, { road: 'store', logId, holdsRecord: null, oldest: start, end });
      const gap = found && { topic, partition, ...found };
      if (gap || anew || logId !== stored.logId) await handler.settle({ topic, partition, epoch, logId, anew, empty: false, gap });
      if (gap) {
        this.showGap(gapInWords(gap));
        this.#parts.logger.error({ ...gap }, gapInWords(gap));
      }
      return { topic, epoch, position: from, trimmedBelow: start };
    });
  }

  /** One batch of one topic; false when it had nothing or may not be read. */
  async #turn(reading: Reading, handler: LogHandler): Promise<boolean> {
    const { tables, ends, batchBytes } = this.#parts;
    const { topic } = reading;
    const lookedAt = this.#parts.now();
    const end = await tables.end(topic);
    ends.set(topic, end);
    if (this.#stopped(topic)) return false;
    if (end <= reading.position) {
      this.#reachedEnd.set(topic, lookedAt);
      return false;
    }
    const taken = await this.#untilTaken(async () => {
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
    if (taken === undefined) return false;
    reading.position = taken;
    if (taken >= end) this.#reachedEnd.set(topic, lookedAt);
    await this.#trim(reading);
    return true;
  }

  #stopped(topic: string): boolean {
    return this.#stopping.signal.aborted || this.#pausedTopics.has(topic);
  }

  /** Tries the same again while the store is away; undefined when stopped. */
  async #untilTaken<T>(work: () => Promise<T>): Promise<T | undefined> {
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

  /** Forgetting costs a transaction, so it is done a whole tail at a time. */
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
