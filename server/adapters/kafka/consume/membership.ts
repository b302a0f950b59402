/**
 * What the parts of one group session share: its collaborators, the partitions of
 * the present generation, its end, and the words it says about itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../pipeline/ports/logger.ts';
import type { ClockPort } from '../../../pipeline/ports/clock.ts';
import { Fenced, Unavailable } from '../../../pipeline/ports/errors.ts';
import type { LogGap, LogHandler } from '../../../pipeline/ports/log.ts';
import type { SourceStatus } from '../../../pipeline/ingest/source-status.ts';
import type { AdminClient } from '../admin-client.ts';
import { gapInWords } from '../../../pipeline/ingest/partition-start.ts';
import type { Partition } from './assignment.ts';
import type { Consumer } from '../client.ts';
import { classify, isClientError } from '../failures.ts';
import type { Progress } from './progress.ts';

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
  /** Topics paused from outside; shared with the consumer, which outlives sessions. */
  readonly pausedTopics: { has(topic: string): boolean };
  /** Called in each join of the group. */
  onJoined(): void;
}

export const retryLimits = { firstMs: 100, longestMs: 5_000 };

export class Membership {
  readonly parts: SessionParts;
  readonly ended: Promise<SessionEnd>;
  readonly end: (end: SessionEnd) => void;
  /** Partitions of the present generation by name; an object that is no longer in here belongs to an earlier one. */
  partitions: ReadonlyMap<string, Partition> = new Map();
  readonly #over = new AbortController();

  constructor(parts: SessionParts) {
    this.parts = parts;
    const { promise, resolve } = Promise.withResolvers<SessionEnd>();
    this.ended = promise;
    this.end = (end) => {
      resolve(end);
      this.#over.abort();
    };
  }

  get over(): boolean {
    return this.#over.signal.aborted;
  }

  isCurrent(part: Partition): boolean {
    return !this.over && this.partitions.get(part.name) === part;
  }

  /** Ends with an error that trying again does not mend. */
  giveUp(error: unknown): void {
    this.end({ kind: isClientError(error) ? 'failed' : 'bug', error });
  }

  now(): number {
    return this.parts.clock.monotonic();
  }

  /** Infrastructure of either side may come back; anything else the handler throws is a bug. */
  mayRetry(error: unknown): boolean {
    return error instanceof Unavailable || error instanceof Fenced || classify(error).kind === 'passing';
  }

  /** The library refuses orders when it is already ending; its crash event then ends the session. */
  order(give: (consumer: Consumer) => void): void {
    try {
      give(this.parts.consumer);
    } catch (error) {
      this.note('the Kafka client is ending', error);
    }
  }

  showGap(gap: LogGap): void {
    const detail = gapInWords(gap);
    this.parts.status.set('gap', { state: 'gap', reason: 'gap', detail });
    this.parts.logger.error({ ...gap }, detail);
  }

  showOutage(what: string, error: unknown): void {
    if (error instanceof Unavailable) this.parts.status.set('store', { state: 'down', reason: error.code, detail: error.message });
    else this.note(what, error);
  }

  /** No partition moves while the store is away, so all are excused from the progress alarm, not only the one that waits. */
  storeAway(away: boolean): void {
    const { progress, pausedTopics } = this.parts;
    for (const part of this.partitions.values()) progress.excuse(part.name, away || pausedTopics.has(part.topic), this.now());
  }

  note(what: string, error: unknown): void {
    this.parts.logger.warn({ error: error instanceof Error ? error.message : String(error) }, what);
  }

  /** Shorter when the session ends. */
  async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#over.signal }).catch(() => {});
  }
}
