/**
 * What the parts of one group session share: its collaborators, the partitions of the current
 * generation, the end of the session, and what it writes to the log and to the status of the source.
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
  /** The handler threw an error that is neither an outage nor a lost assignment, so it is a bug. */
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
  /** Topics that consumption has paused; shared with the consumer, because a pause outlives the session. */
  readonly pausedTopics: { has(topic: string): boolean };
  /** Called each time the group was joined. */
  onJoined(): void;
}

export const retryLimits = { firstMs: 100, longestMs: 5_000 };

export class Membership {
  readonly parts: SessionParts;
  readonly ended: Promise<SessionEnd>;
  readonly end: (end: SessionEnd) => void;
  /** Partitions of the current generation by name; a `Partition` object that is not in this map belongs to an earlier generation. */
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

  /** Ends the session with an error that trying again cannot mend. */
  giveUp(error: unknown): void {
    this.end({ kind: isClientError(error) ? 'failed' : 'bug', error });
  }

  now(): number {
    return this.parts.clock.monotonic();
  }

  /** True for outages of the store and the broker, which may pass; any other error of the handler is a bug. */
  mayRetry(error: unknown): boolean {
    return error instanceof Unavailable || error instanceof Fenced || classify(error).kind === 'passing';
  }

  /** Runs a command of the library's consumer. The library throws when it is already ending; its crash event then ends the session. */
  command(run: (consumer: Consumer) => void): void {
    try {
      run(this.parts.consumer);
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

  /** Excuses all partitions from the progress alarm while the store is unavailable, because none of them can make progress then. */
  storeAway(away: boolean): void {
    const { progress, pausedTopics } = this.parts;
    for (const part of this.partitions.values()) progress.excuse(part.name, away || pausedTopics.has(part.topic), this.now());
  }

  note(what: string, error: unknown): void {
    this.parts.logger.warn({ error: error instanceof Error ? error.message : String(error) }, what);
  }

  /** Waits; resolves early when the session ends. */
  async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#over.signal }).catch(() => {});
  }
}
