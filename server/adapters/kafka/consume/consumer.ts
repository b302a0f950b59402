/**
 * The Kafka source. It keeps one session of the consumer group open for as long as the process runs.
 * While the broker is down or topics do not exist yet, it reports the reason and tries again without
 * limit. An error that trying again cannot mend rejects `run`, and the process ends [I14].
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceHealth } from '../../../../shared/wire/freshness.ts';
import type { Logger } from '../../../pipeline/ports/logger.ts';
import type { ClockPort } from '../../../pipeline/ports/clock.ts';
import type { LogConsumer, LogHandler } from '../../../pipeline/ports/log.ts';
import { retryDelay } from '../../../pipeline/ingest/retry-delay.ts';
import { showGap, type SourceStatus } from '../../../pipeline/ingest/source-status.ts';
import { PausedTopics } from '../../../pipeline/ingest/paused-topics.ts';
import type { AdminClient } from '../admin-client.ts';
import { incompatibility } from '../api-versions.ts';
import type { ConnectionConfig, Consumer } from '../client.ts';
import { classify } from '../failures.ts';
import { Progress } from './progress.ts';
import { Session } from './session.ts';
import { watch, type WatchTiming } from './watch.ts';

export interface ConsumerTiming extends WatchTiming {
  /** If records wait and none is stored for longer than this, the process ends. */
  readonly stallMs: number;
}

export interface KafkaConsumerParts {
  readonly connection: ConnectionConfig;
  /** Creates a new member of the group that is not connected yet. */
  readonly createConsumer: () => Consumer;
  readonly admin: AdminClient;
  /** Called each time the group was joined: the broker answers. */
  readonly onJoined: () => void;
  /** Removes killed processes of this store from the group; a failure only costs time. */
  readonly dismissFormer: () => Promise<void>;
  /**
   * Resolves to a sentence about members of our group that write another store; null = there are none, undefined = not
   * known at the moment.
   */
  readonly foreignMembers: () => Promise<string | null | undefined>;
  /** Name at the broker by logical topic. */
  readonly topics: Readonly<Record<string, string>>;
  readonly status: SourceStatus;
  readonly clock: ClockPort;
  readonly logger: Logger;
  readonly random: () => number;
  readonly timing: ConsumerTiming;
}

/** How long a requested stop waits for the commit under way. */
const drainMs = 7_000;
/** How long a session that failed may take to leave the group. */
const giveUpMs = 2_000;
const reconnect = { firstMs: 250, longestMs: 5_000 };

export class KafkaConsumer implements LogConsumer {
  readonly #parts: KafkaConsumerParts;
  readonly #stopping = new AbortController();
  readonly #pausedTopics: PausedTopics;
  readonly #progress: Progress;
  /** By topic the monotonic time at which it was last read to its end, and the instant by the store's clock. */
  readonly #reachedEnd = new Map<string, { readonly at: number; readonly instant: number }>();
  #session: Session | undefined;
  #running: Promise<void> | undefined;
  /** Number of failures since the group was last joined. */
  #attempt = 0;

  constructor(parts: KafkaConsumerParts) {
    this.#parts = parts;
    this.#pausedTopics = new PausedTopics(parts.status);
    this.#progress = new Progress(parts.timing.stallMs, parts.clock.monotonic());
  }

  run(handler: LogHandler): Promise<void> {
    if (this.#running) throw new Error('a source runs once');
    this.#running = this.#run(handler);
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    void this.#session?.stop(drainMs);
    await this.#running?.catch(() => {});
  }

  health(): SourceHealth {
    return this.#parts.status.health(this.#progress.lag());
  }

  reachedEndAt(topic: string): number | null {
    const { clock, topics } = this.#parts;
    const at = this.#progress.reachedEnd(topics[topic] ?? topic);
    if (at === null) return null;
    const known = this.#reachedEnd.get(topic);
    if (known?.at === at) return known.instant;
    const instant = Math.round(clock.now() - (clock.monotonic() - at));
    this.#reachedEnd.set(topic, { at, instant });
    return instant;
  }

  /** Takes the topic's logical name or its name at the broker. */
  pause(topic: string, reason: string, detail: string): void {
    const name = this.#parts.topics[topic] ?? topic;
    this.#pausedTopics.hold(name, reason, detail);
    this.#session?.applyPause(name);
  }

  resume(topic: string): boolean {
    const name = this.#parts.topics[topic] ?? topic;
    const wasPaused = this.#pausedTopics.release(name);
    this.#session?.applyPause(name);
    return wasPaused;
  }

  showGap(detail: string | null): void {
    showGap(this.#parts.status, detail);
  }

  async #run(handler: LogHandler): Promise<void> {
    const { status } = this.#parts;
    status.set('connection', { state: 'connecting', reason: 'connecting', detail: 'Connecting to Kafka.' });
    try {
      while (!this.#stopping.signal.aborted) await this.#tryRound(handler);
    } catch (error) {
      const reported =
        error instanceof CannotGoOn ? error.cause : new Error(`Kafka source cannot go on: ${classify(error).detail}`, { cause: error });
      status.set('ended', {
        state: 'down',
        reason: 'source_ended',
        detail: reported instanceof Error ? reported.message : String(reported),
      });
      throw reported;
    } finally {
      await this.#parts.admin.close();
    }
    status.set('ended', { state: 'stopped', reason: 'stopped', detail: 'Stopped on request.' });
  }

  /** Runs one round. After an error that may pass it waits and returns; every other error is thrown. */
  async #tryRound(handler: LogHandler): Promise<void> {
    try {
      await this.#round(handler);
    } catch (error) {
      if (error instanceof CannotGoOn || classify(error).kind === 'lasting') throw error;
      if (this.#stopping.signal.aborted) return;
      this.#showFailure(error);
      await this.#wait(retryDelay(this.#attempt, reconnect, this.#parts.random));
      this.#attempt += 1;
    }
  }

  /**
   * Finds the broker and runs one session to its end. Returns when the next round may begin at once; throws the error
   * that ended the session.
   */
  async #round(handler: LogHandler): Promise<void> {
    const { connection, status, timing, dismissFormer, logger } = this.#parts;
    const unfit = await incompatibility(connection, 3_000);
    if (unfit !== null) {
      status.set('connection', { state: 'down', reason: 'broker_incompatible', detail: unfit });
      return this.#wait(timing.pollMs * 2);
    }
    const missing = await this.#missingTopics();
    const present = Object.values(this.#parts.topics).filter((name) => !missing.includes(name));
    if (present.length === 0) {
      status.clear('connection');
      return this.#wait(timing.pollMs);
    }
    // The broker answers again, so the producer may append while the consumer still waits for the group.
    status.set('connection', { state: 'connecting', reason: 'connecting', detail: 'Joining the consumer group.' });
    await dismissFormer().catch((error: unknown) => logger.debug({ error: classify(error).detail }, 'no former member freed'));
    if (!this.#stopping.signal.aborted) await this.#hold(this.#open(handler), present, missing.length);
  }

  /** Runs a session until something ends it. */
  async #hold(session: Session, present: readonly string[], missing: number): Promise<void> {
    const { status, clock, timing } = this.#parts;
    const over = new AbortController();
    const topicsAppeared = async () => missing > 0 && (await this.#missingTopics()).length < missing;
    let leaveMs = drainMs;
    try {
      void session.start(present);
      const { foreignMembers } = this.#parts;
      const watching = watch({ session, progress: this.#progress, status, clock, timing, topicsAppeared, foreignMembers }, over.signal);
      const end = await Promise.race([session.ended, watching]);
      if (end.kind === 'stopped' || end.kind === 'topics') return;
      leaveMs = giveUpMs;
      if (end.kind === 'failed') this.#showFailure(end.error);
      throw end.kind === 'bug' ? new CannotGoOn(end.error) : end.error;
    } finally {
      over.abort();
      this.#session = undefined;
      await session.stop(leaveMs);
      this.#progress.clear();
    }
  }

  #open(handler: LogHandler): Session {
    const { createConsumer, admin, status, clock, logger, random } = this.#parts;
    const [progress, pausedTopics] = [this.#progress, this.#pausedTopics];
    progress.life(clock.monotonic());
    const onJoined = () => {
      this.#attempt = 0;
      status.clear('connection');
      this.#parts.onJoined();
    };
    const consumer = createConsumer();
    this.#session = new Session({ consumer, admin, handler, status, progress, clock, logger, random, pausedTopics, onJoined });
    return this.#session;
  }

  async #missingTopics(): Promise<readonly string[]> {
    const existing = new Set(await this.#parts.admin.topicNames());
    const missing = Object.values(this.#parts.topics).filter((name) => !existing.has(name));
    const detail = `Missing at the broker: ${missing.join(', ')}. Create with: npm run warroom -- topics create`;
    if (missing.length > 0) this.#parts.status.set('topics', { state: 'down', reason: 'topic_missing', detail });
    else this.#parts.status.clear('topics');
    return missing;
  }

  #showFailure(error: unknown): void {
    const failure = classify(error);
    if (failure.kind === 'lasting') return;
    this.#parts.status.set('connection', { state: 'down', reason: failure.reason, detail: failure.detail });
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
}

/** Wraps an error that must end the process, so that the code that retries lets it pass. */
class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
  constructor(cause: unknown) {
    super('cannot go on', { cause });
  }
}
