/**
 * One membership in the consumer group, from joining to its end. It never decides
 * to come back: `ended` says why it is over, the consumer decides.
 *
 * The library starts to fetch as soon as it has joined, from offsets of its own;
 * partitions are therefore paused in the join event itself and released one by one
 * when the store has said where to continue.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable, type ClockPort, type LogBatch, type LogHandler } from '../../pipeline/ports.ts';
import type { Logger } from '../../pipeline/logger.ts';
import { retryDelay } from '../../pipeline/retry-delay.ts';
import type { SourceStatus } from '../../pipeline/source-status.ts';
import type { AdminClient } from './admin-client.ts';
import { isFenced, lost, newPartition, prepare, type Gap, type Partition } from './assignment.ts';
import type { Consumer, EachBatchPayload } from './client.ts';
import { judge } from './failures.ts';
import { Progress } from './progress.ts';
import { slices, type SliceLimits } from './records.ts';
import { within } from './within.ts';

export type SessionEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The handler threw something that is neither an outage nor a lost assignment: a bug. */
  | { readonly kind: 'bug'; readonly error: unknown };

export interface SessionParts {
  readonly consumer: Consumer;
  readonly admin: AdminClient;
  readonly handler: LogHandler;
  readonly status: SourceStatus;
  readonly progress: Progress;
  readonly clock: ClockPort;
  readonly logger: Logger;
  readonly random: () => number;
  readonly limits: SliceLimits;
  /** Topics paused from outside; shared with the consumer, which outlives sessions. */
  readonly braked: { has(topic: string): boolean };
  /** Called in each join of the group. */
  onJoined(): void;
}

const retryLimits = { firstMs: 100, longestMs: 5_000 };

export class Session {
  readonly ended: Promise<SessionEnd>;
  readonly #parts: SessionParts;
  readonly #end: (end: SessionEnd) => void;
  readonly #over = new AbortController();
  #partitions = new Map<string, Partition>();
  /** The batch in hand, or the last one. */
  #turn: Promise<void> = Promise.resolve();
  /** What each generation has told the group coordinator, for lag tools. */
  readonly #committed = new Map<string, number>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { promise, resolve } = Promise.withResolvers<SessionEnd>();
    this.ended = promise;
    this.#end = (end) => {
      resolve(end);
      this.#over.abort();
    };
  }

  /** Joins and starts to read; resolves once the library has taken over. Failures come out of `ended`. */
  async start(topics: readonly string[]): Promise<void> {
    const { consumer, clock, progress } = this.#parts;
    const life = () => progress.life(clock.monotonic());
    consumer.on('consumer.heartbeat', life);
    consumer.on('consumer.fetch', life);
    consumer.on('consumer.group_join', ({ payload }) => this.#joined(payload.memberAssignment));
    consumer.on('consumer.end_batch_process', ({ payload }) => this.#passed(payload));
    consumer.on('consumer.crash', ({ payload }) => this.#end({ kind: 'failed', error: payload.error }));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: (payload) => (this.#turn = this.#batch(payload)) });
    } catch (error) {
      this.#end({ kind: 'failed', error });
    }
  }

  /** Takes nothing new, lets the slice in hand finish for as long as given, leaves the group. What is cut short is replayed. */
  async stop(patienceMs: number): Promise<void> {
    this.#end({ kind: 'stopped' });
    const leaving = (async () => {
      await this.#turn.catch(() => {});
      await this.commitForLagTools();
      await this.#parts.consumer.disconnect();
    })();
    await within(patienceMs, leaving).catch((error: unknown) => this.#note('leaving the group failed', error));
    this.#partitions.clear();
    this.#parts.progress.clear();
  }

  /** Applies the brake as it now stands to a topic's partitions. */
  brake(topic: string): void {
    for (const part of this.#partitions.values()) if (part.topic === topic && part.ready) this.#release(part);
  }

  /** Asks the broker for the ends of our partitions, for lag and the progress alarm. */
  async lookAtEnds(): Promise<void> {
    const { admin, progress, clock } = this.#parts;
    const topics = new Set([...this.#partitions.values()].map((part) => part.topic));
    // A member without partitions asks as well: the answer says that the broker is there.
    if (topics.size === 0) await admin.topicNames();
    for (const topic of topics) {
      const marks = await admin.watermarks(topic);
      for (const [partition, { high }] of marks) progress.endAt(`${topic}/${partition}`, high, clock.monotonic());
    }
  }

  /** The group's own offsets follow what is stored; nothing here reads them, and a failure costs nothing. */
  async commitForLagTools(): Promise<void> {
    const moved = [...this.#partitions.values()].filter((part) => part.ready && this.#committed.get(part.name) !== part.position);
    if (moved.length === 0) return;
    for (const part of moved) this.#committed.set(part.name, part.position);
    const offsets = moved.map((part) => ({ topic: part.topic, partition: part.partition, offset: String(part.position) }));
    await within(2_000, this.#parts.consumer.commitOffsets(offsets)).catch(() => {});
  }

  // ---------------------------------------------------------------- assignment

  /** Runs within the library's event, before its first fetch of this generation. */
  #joined(assigned: Readonly<Record<string, readonly number[]>>): void {
    const { consumer, progress, clock } = this.#parts;
    progress.life(clock.monotonic());
    progress.clear();
    this.#parts.onJoined();
    const partitions = Object.entries(assigned).flatMap(([topic, numbers]) => numbers.map((n) => newPartition(topic, n)));
    this.#partitions = new Map(partitions.map((part) => [part.name, part]));
    this.#committed.clear();
    consumer.pause(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })));
    for (const part of partitions) void this.#makeReady(part);
  }

  #isCurrent(part: Partition): boolean {
    return !this.#over.signal.aborted && this.#partitions.get(part.name) === part;
  }

  async #makeReady(part: Partition): Promise<void> {
    const { handler, admin, consumer, progress, clock, status } = this.#parts;
    for (let attempt = 0; this.#isCurrent(part); attempt += 1) {
      try {
        const found = await prepare(part, handler, admin);
        if (!this.#isCurrent(part)) return;
        status.clear('store');
        if (found.gap) this.#tellGap(part, found.gap);
        if (found.kind === 'held') return;
        part.position = found.from;
        part.seen = found.from;
        this.#tell(() => consumer.seek({ topic: part.topic, partition: part.partition, offset: String(found.from) }));
        part.ready = true;
        progress.begin(part.name, found.from, found.end, clock.monotonic());
        this.#release(part);
        return;
      } catch (error) {
        if (!this.#mayRetry(error)) return this.#end({ kind: 'bug', error });
        if (error instanceof Unavailable) this.#tellStore(error);
        else this.#note(`preparing ${part.name} failed, trying again`, error);
        await this.#wait(retryDelay(attempt, retryLimits, this.#parts.random));
      }
    }
  }

  /** Infrastructure of either side may come back; anything else the handler throws is a bug. */
  #mayRetry(error: unknown): boolean {
    return error instanceof Unavailable || isFenced(error) || judge(error).kind === 'passing';
  }

  #release(part: Partition): void {
    const { consumer, braked, progress, clock } = this.#parts;
    const where = [{ topic: part.topic, partitions: [part.partition] }];
    const held = braked.has(part.topic);
    this.#tell(() => (held ? consumer.pause(where) : consumer.resume(where)));
    progress.excuse(part.name, held, clock.monotonic());
  }

  /** Stops reading a partition until the next assignment. */
  #hold(part: Partition): void {
    part.ready = false;
    this.#parts.progress.drop(part.name);
    this.#tell(() => this.#parts.consumer.pause([{ topic: part.topic, partitions: [part.partition] }]));
  }

  /** The library refuses when it is already ending; its crash event then ends the session. */
  #tell(order: () => void): void {
    try {
      order();
    } catch (error) {
      this.#note('the Kafka client is ending', error);
    }
  }

  // ---------------------------------------------------------------- records

  async #batch({ batch, resolveOffset, heartbeat, isStale }: EachBatchPayload): Promise<void> {
    const part = this.#partitions.get(`${batch.topic}/${batch.partition}`);
    const first = batch.firstOffset();
    if (!part?.ready || isStale() || first === null) return;
    if (Number(first) !== part.seen && !(await this.#fits(part, Number(first)))) return;

    // A heartbeat that says "rebalance" ends our turn, but not within a slice: the epoch guards the store.
    let lostTurn: unknown;
    const keepAlive = async () => {
      if (lostTurn !== undefined) return;
      await heartbeat().catch((error: unknown) => (lostTurn = error));
    };
    const end = Number(batch.lastOffset()) + 1;
    const lastMessage = batch.messages.at(-1)?.offset;
    for (const slice of slices(batch.messages, this.#parts.limits)) {
      const nextOffset = slice.lastOffset === lastMessage ? end : Number(slice.lastOffset) + 1;
      const { topic, partition } = part;
      const highWatermark = Number(batch.highWatermark);
      const offered = { topic, partition, epoch: part.epoch, records: slice.records, nextOffset, highWatermark };
      const taken = await this.#deliver(part, offered, keepAlive, () => lostTurn !== undefined);
      if (taken) {
        part.position = nextOffset;
        part.seen = nextOffset;
        resolveOffset(slice.lastOffset);
        const now = this.#parts.clock.monotonic();
        this.#parts.progress.moved(part.name, nextOffset, now);
        this.#parts.progress.endAt(part.name, highWatermark, now);
        await keepAlive();
      }
      if (lostTurn !== undefined) throw lostTurn;
      if (!taken) return;
    }
  }

  /** Offers the same records until they are stored; false when they are no longer ours to store. */
  async #deliver(part: Partition, batch: LogBatch, keepAlive: () => Promise<void>, turnLost: () => boolean): Promise<boolean> {
    const { handler, status, progress, clock, braked, random } = this.#parts;
    for (let attempt = 0; this.#isCurrent(part) && !braked.has(part.topic) && !turnLost(); attempt += 1) {
      try {
        await handler.batch(batch, keepAlive);
        if (attempt > 0) progress.excuse(part.name, false, clock.monotonic());
        status.clear('store');
        return true;
      } catch (error) {
        if (isFenced(error)) {
          this.#refetch(part);
          return false;
        }
        if (!(error instanceof Unavailable)) {
          this.#end({ kind: 'bug', error });
          return false;
        }
        this.#tellStore(error);
        progress.excuse(part.name, true, clock.monotonic());
        await this.#waitAlive(retryDelay(attempt, retryLimits, random), keepAlive);
      }
    }
    return false;
  }

  /** The store moved on without us: learn anew where it stands, unless the group takes the partition away first. */
  #refetch(part: Partition): void {
    this.#hold(part);
    const again = newPartition(part.topic, part.partition);
    this.#partitions.set(part.name, again);
    void this.#wait(500).then(() => this.#makeReady(again));
  }

  /** A jump is fine unless the log's start moved over our offset; a step back is the library's reset. */
  async #fits(part: Partition, first: number): Promise<boolean> {
    if (first < part.seen) {
      this.#refetch(part);
      return false;
    }
    try {
      const marks = (await this.#parts.admin.watermarks(part.topic)).get(part.partition);
      if (!marks || !this.#isCurrent(part)) return false;
      if (marks.low > part.seen) {
        const gap = lost(part.name, part.seen, marks.low);
        await this.#parts.handler.gap(part.topic, part.partition, gap.expected, gap.oldest);
        this.#tellGap(part, gap);
      }
      part.seen = first;
      return this.#isCurrent(part);
    } catch (error) {
      if (!this.#mayRetry(error)) this.#end({ kind: 'bug', error });
      else if (error instanceof Unavailable) this.#tellStore(error);
      // The library fetches the same offset again.
      await this.#wait(500);
      return false;
    }
  }

  /** Batches without a record for us (markers, aborted transactions) never reach `#batch`, but they are progress. */
  #passed(batch: { topic: string; partition: number; batchSize: number; firstOffset: string | null; lastOffset: string | null }): void {
    const part = this.#partitions.get(`${batch.topic}/${batch.partition}`);
    if (batch.batchSize > 0 || !part?.ready || batch.firstOffset === null || batch.lastOffset === null) return;
    const next = Number(batch.lastOffset) + 1;
    this.#parts.progress.moved(part.name, next, this.#parts.clock.monotonic());
    // A jump is left to the next batch with records, which asks the broker about it.
    if (Number(batch.firstOffset) <= part.seen) part.seen = Math.max(part.seen, next);
  }

  // ---------------------------------------------------------------- words and waits

  #tellGap(part: Partition, gap: Gap): void {
    const { status, logger } = this.#parts;
    status.set('gap', { state: 'gap', reason: 'gap', detail: gap.detail });
    logger.error({ topic: part.topic, partition: part.partition, expected: gap.expected, oldest: gap.oldest }, gap.detail);
  }

  #tellStore(error: Unavailable): void {
    this.#parts.status.set('store', { state: 'down', reason: error.code, detail: error.message });
  }

  #note(what: string, error: unknown): void {
    this.#parts.logger.warn({ error: error instanceof Error ? error.message : String(error) }, what);
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#over.signal }).catch(() => {});
  }

  /** Waits in steps short enough for the group to see us alive. */
  async #waitAlive(ms: number, keepAlive: () => Promise<void>): Promise<void> {
    for (let left = ms; left > 0 && !this.#over.signal.aborted; left -= 500) {
      await this.#wait(Math.min(left, 500));
      await keepAlive();
    }
  }
}
