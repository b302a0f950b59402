/**
 * Events accepted by the log that is no longer configured [I9]: the embedded log after Kafka was
 * configured, or Kafka after it was removed from the configuration. The embedded log lies in our
 * own store, so it is read to its end before Kafka is read. The two are never read at the same
 * time, because consumption relies on being the only writer of facts. A Kafka that is no longer
 * configured cannot be asked; at each stop the server therefore stores whether Kafka was read to
 * its end, and `/readyz` reports it when it was not.
 */
import type { SourceHealth } from '../../shared/wire/freshness.ts';
import { topics } from '../../shared/events/define.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { LogHandler, LogMarkName } from '../pipeline/ports/log.ts';
import type { Problems } from '../pipeline/ports/problems.ts';
import type { StoreReads } from '../pipeline/ports/reads.ts';
import type { Store } from '../pipeline/ports/store.ts';
import type { Timers } from '../pipeline/ports/timers.ts';
import type { LogSource } from './log-source.ts';

export interface LeftLogParts {
  readonly store: Pick<Store, 'write'> & { readonly reads: Pick<StoreReads, 'logs'> };
  readonly configured: Pick<LogSource, 'name' | 'caughtUp' | 'unreadTopics'>;
  readonly embedded: LogSource;
  /** Consumes the records of the embedded log. */
  readonly handler: LogHandler;
  readonly now: () => number;
  readonly timers: Timers;
  readonly problems: Problems;
}

export interface LeftLog {
  /** Resolves when the configured log may be read. Rejects on a bug. */
  finish(): Promise<void>;
  /** Searches for topics that KAFKA_TOPIC_* no longer names, as soon as the configured log answers. Rejects on a bug. */
  findUnread(): Promise<void>;
  /** Health of the log that is no longer configured while it is being read, else null. */
  source(): SourceHealth | null;
  /** Why some events are in a log that is not read; null = there are none. */
  reason(): { code: string; detail: string } | null;
  /**
   * Continues reading topics that too many bad records had stopped, and acknowledges what `reason` reports. Returns the
   * topics that were stopped.
   */
  resume(): Promise<readonly string[]>;
  /** Call after the consumer of the configured log has stopped: stores whether that log was read to its end. */
  stop(): Promise<void>;
}

const code = 'events_in_unused_log';
const kafkaLeft =
  'This store was fed by Kafka and stopped before everything there was read: events may wait in its topics and are not counted. Set KAFKA_BROKERS again to read them, or POST /api/sources/resume if they are not wanted.';
const embeddedLeft =
  'Events accepted before Kafka was configured are not counted, because reading them was stopped for too many bad records. Look at the quarantine, then restart the server: they are read first.';
const topicsLeft = (names: readonly string[]) =>
  `This store has read ${names.join(', ')}, which KAFKA_TOPIC_* no longer names, and not to the end: what is left there is not counted. Name the topics again to read them, or POST /api/sources/resume if they are not wanted.`;
const POLL_MS = 50;
const RETRY_MS = 1_000;

export function createLeftLog({ store, configured, embedded, handler, now, timers, problems }: LeftLogParts): LeftLog {
  let reading = false;
  let stopped = false;
  /** What was not read, in words, and the marks that acknowledge it. */
  let unread: { detail: string; marks: readonly LogMarkName[] } | null = null;

  function publish(found: typeof unread): void {
    unread = found;
    if (found) problems.raise(code, 'log');
    else problems.clear(code, 'log');
  }
  const wait = (ms: number) => new Promise<void>((resolve) => void timers.after(ms, resolve));
  const mark = (name: LogMarkName, caughtUp: boolean) => store.write((tx) => tx.markLog({ name, caughtUp, at: now() }));

  async function readEmbedded(): Promise<void> {
    if (await embedded.caughtUp()) return;
    reading = true;
    let failure: { error: unknown } | undefined;
    void embedded.consumer.run(handler).catch((error: unknown) => (failure = { error }));
    while (!stopped && !failure && !(await embedded.caughtUp())) {
      if (embedded.consumer.health().reason === 'too_many_bad') {
        publish({ detail: embeddedLeft, marks: [] });
        break;
      }
      await wait(POLL_MS);
    }
    await embedded.consumer.stop();
    reading = false;
    if (failure) throw failure.error;
  }

  async function begin(): Promise<void> {
    if (configured.name === 'kafka') {
      await mark('kafka', false);
      await readEmbedded();
      return;
    }
    const kafka = (await store.reads.logs()).find(({ name }) => name === 'kafka');
    publish(kafka && !kafka.caughtUp ? { detail: kafkaLeft, marks: ['kafka'] } : null);
  }

  return {
    async finish() {
      while (!stopped) {
        try {
          return await begin();
        } catch (error) {
          // While it reads, the embedded consumer waits for the store by itself; here the store was unavailable before that.
          if (!(error instanceof Unavailable)) throw error;
          await wait(RETRY_MS);
        }
      }
    },
    async findUnread() {
      while (!stopped) {
        try {
          const acknowledged = (await store.reads.logs()).filter(({ caughtUp }) => caughtUp).map(({ name }) => name);
          const topicsUnread = (await configured.unreadTopics()).filter((topic) => !acknowledged.includes(`topic ${topic}`));
          const marks = topicsUnread.map((topic) => `topic ${topic}` as const);
          if (marks.length > 0) publish({ detail: topicsLeft(topicsUnread), marks });
          return;
        } catch (error) {
          if (!(error instanceof Unavailable)) throw error;
          await wait(RETRY_MS);
        }
      }
    },
    source: () => (reading ? embedded.consumer.health() : null),
    reason: () => unread && { code, detail: unread.detail },
    async resume() {
      const resumed = topics.filter((topic) => reading && embedded.consumer.resume(topic));
      if (!unread || unread.marks.length === 0) return resumed;
      for (const name of unread.marks) await mark(name, true);
      publish(null);
      return resumed;
    },
    async stop() {
      stopped = true;
      if (reading) await embedded.consumer.stop();
      if (configured.name !== 'kafka' || !(await configured.caughtUp())) return;
      await mark('kafka', true).catch((error: unknown) => {
        // Without the mark, the next start reports unread events although there are none.
        if (!(error instanceof Unavailable)) throw error;
      });
    },
  };
}
