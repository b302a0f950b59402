/**
 * The Kafka source: keeps one group session alive for as long as the process runs.
 * A broker that is down, topics that do not exist yet: it says so and tries for
 * ever. What trying cannot mend rejects `run`, and the process ends [I14].
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceHealth } from '../../../shared/wire/freshness.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { ClockPort, LogConsumer, LogHandler } from '../../pipeline/ports.ts';
import { retryDelay } from '../../pipeline/retry-delay.ts';
import type { SourceStatus } from '../../pipeline/source-status.ts';
import type { AdminClient } from './admin-client.ts';
import { incompatibility } from './api-versions.ts';
import type { ConnectionConfig, Consumer } from './client.ts';
import { isUnknownTopic, judge } from './failures.ts';
import { Progress } from './progress.ts';
import type { SliceLimits } from './records.ts';
import { Session, type SessionEnd } from './session.ts';

export interface KafkaConsumerParts {
  readonly connection: ConnectionConfig;
  /** A fresh member of the group, not yet connected. */
  readonly createConsumer: () => Consumer;
  readonly admin: AdminClient;
  /** Frees what a killed process of this store still holds in the group; failing costs only time. */
  readonly dismissFormer: () => Promise<void>;
  /** Name at the broker by logical topic. */
  readonly topics: Readonly<Record<string, string>>;
  readonly status: SourceStatus;
  readonly clock: ClockPort;
  readonly logger: Logger;
  readonly random: () => number;
  readonly limits: SliceLimits;
  readonly timing: ConsumerTiming;
}

export interface ConsumerTiming {
  /** How often missing topics are looked for, ends and lag are read, and the progress alarm looks. */
  readonly lookMs: number;
  /** Lag without progress for longer ends the process. */
  readonly stallMs: number;
  /** A session whose broker has not answered for longer is given up and started anew. */
  readonly silenceMs: number;
}

type RoundEnd = SessionEnd | { readonly kind: 'topics' };

/** How long a requested stop waits for the batch in hand, and how long a broken session may take to leave. */
const drainMs = 7_000;
const giveUpMs = 2_000;
const reconnect = { firstMs: 250, longestMs: 5_000 };

export class KafkaConsumer implements LogConsumer {
  readonly #parts: KafkaConsumerParts;
  readonly #stopping = new AbortController();
  readonly #braked = new Map<string, { reason: string; detail: string }>();
  readonly #progress: Progress;
  #session: Session | undefined;
  #running: Promise<void> | undefined;
  #attempt = 0;

  constructor(parts: KafkaConsumerParts) {
    this.#parts = parts;
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

  /** Takes the topic's logical name or its name at the broker. */
  pause(topic: string, reason: string, detail: string): void {
    const name = this.#parts.topics[topic] ?? topic;
    this.#braked.set(name, { reason, detail });
    this.#showBrake();
    this.#session?.brake(name);
  }

  resume(topic: string): void {
    const name = this.#parts.topics[topic] ?? topic;
    this.#braked.delete(name);
    this.#showBrake();
    this.#session?.brake(name);
  }

  #showBrake(): void {
    const last = [...this.#braked.values()].at(-1);
    if (last) this.#parts.status.set('brake', { state: 'stopped', ...last });
    else this.#parts.status.clear('brake');
  }

  async #run(handler: LogHandler): Promise<void> {
    const { status, random } = this.#parts;
    status.set('connection', { state: 'connecting', reason: 'connecting', detail: 'Connecting to Kafka.' });
    try {
      while (!this.#stopping.signal.aborted) {
        try {
          await this.#round(handler);
        } catch (error) {
          if (error instanceof CannotGoOn || judge(error).kind === 'lasting') throw error;
          if (this.#stopping.signal.aborted) break;
          this.#showFailure(error);
          await this.#wait(retryDelay(this.#attempt, reconnect, random));
          this.#attempt += 1;
        }
      }
    } catch (error) {
      const reported =
        error instanceof CannotGoOn ? error.cause : new Error(`Kafka source cannot go on: ${judge(error).detail}`, { cause: error });
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

  /** Returns to be called again at once: topics changed, or stop. Throws what ended it otherwise. */
  async #round(handler: LogHandler): Promise<void> {
    const { connection, status, timing } = this.#parts;
    const unfit = await incompatibility(connection, 3_000);
    if (unfit !== null) {
      status.set('connection', { state: 'down', reason: 'broker_incompatible', detail: unfit });
      return this.#wait(timing.lookMs * 2);
    }
    const missing = await this.#missingTopics();
    const present = Object.values(this.#parts.topics).filter((name) => !missing.includes(name));
    if (present.length === 0) {
      status.clear('connection');
      return this.#wait(timing.lookMs);
    }
    await this.#parts
      .dismissFormer()
      .catch((error: unknown) => this.#parts.logger.debug({ error: judge(error).detail }, 'no former member freed'));
    if (this.#stopping.signal.aborted) return;
    const session = this.#open(handler);
    const over = new AbortController();
    let patienceMs = drainMs;
    try {
      void session.start(present);
      const end = await Promise.race([session.ended, this.#watch(session, missing, over.signal)]);
      if (end.kind === 'stopped' || end.kind === 'topics') return;
      patienceMs = giveUpMs;
      if (end.kind === 'failed') this.#showFailure(end.error);
      throw end.kind === 'bug' ? new CannotGoOn(end.error) : end.error;
    } finally {
      over.abort();
      this.#session = undefined;
      await session.stop(patienceMs);
    }
  }

  #open(handler: LogHandler): Session {
    const { createConsumer, admin, status, clock, logger, random, limits } = this.#parts;
    const onJoined = () => {
      this.#attempt = 0;
      status.clear('connection');
    };
    this.#progress.life(clock.monotonic());
    const consumer = createConsumer();
    const braked = this.#braked;
    const session = new Session({
      consumer,
      admin,
      handler,
      status,
      progress: this.#progress,
      clock,
      logger,
      random,
      limits,
      braked,
      onJoined,
    });
    this.#session = session;
    return session;
  }

  #showFailure(error: unknown): void {
    const failure = judge(error);
    if (failure.kind === 'lasting') return;
    this.#parts.status.set('connection', { state: 'down', reason: failure.reason, detail: failure.detail });
  }

  async #missingTopics(): Promise<readonly string[]> {
    const existing = new Set(await this.#parts.admin.topicNames());
    const missing = Object.values(this.#parts.topics).filter((name) => !existing.has(name));
    const detail = `Missing at the broker: ${missing.join(', ')}. Create with: npm run warroom -- topics create`;
    if (missing.length > 0) this.#parts.status.set('topics', { state: 'down', reason: 'topic_missing', detail });
    else this.#parts.status.clear('topics');
    return missing;
  }

  /** Looks after a running session from outside, on a connection of its own. */
  async #watch(session: Session, missing: readonly string[], over: AbortSignal): Promise<RoundEnd> {
    const { timing, clock, status } = this.#parts;
    let answeredAt = clock.monotonic();
    while (!over.aborted) {
      await sleep(timing.lookMs, undefined, { signal: over }).catch(() => {});
      if (over.aborted) break;
      try {
        if (missing.length > 0 && (await this.#missingTopics()).length < missing.length) return { kind: 'topics' };
        await session.lookAtEnds();
        await session.commitForLagTools();
        answeredAt = clock.monotonic();
        if (status.has('connection', 'broker_unreachable')) status.clear('connection');
      } catch (error) {
        if (isUnknownTopic(error)) return { kind: 'topics' };
        const failure = judge(error);
        if (failure.kind === 'lasting') return { kind: 'failed', error };
        status.set('connection', { state: 'down', reason: 'broker_unreachable', detail: failure.detail });
        if (clock.monotonic() - answeredAt > timing.silenceMs) return { kind: 'failed', error };
        continue;
      }
      const stalled = this.#progress.stalled(clock.monotonic());
      if (stalled) return { kind: 'bug', error: new Error(`Kafka source cannot go on: ${stalled}`) };
    }
    return { kind: 'stopped' };
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
}

/** Carries what ends the process past everything that would retry. */
class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
  constructor(cause: unknown) {
    super('cannot go on', { cause });
  }
}
