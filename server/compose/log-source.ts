/** The log that a workspace reads and that its event intake appends to: Kafka where it is configured, else tables in the store. */
import { createEmbeddedLog } from '../adapters/log/embedded-log.ts';
import type { SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import type { SourceHealth } from '../../shared/wire/freshness.ts';
import { topics } from '../../shared/events/define.ts';
import { roadOf } from '../pipeline/ingest/partition-start.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { LogConsumer, LogName, LogProducer } from '../pipeline/ports/log.ts';
import type { Foundation } from './foundation.ts';

export interface LogSource {
  readonly name: LogName;
  readonly consumer: LogConsumer;
  readonly producer: LogProducer;
  /** Topics that were read earlier, are no longer configured and hold unread records. Throws `Unavailable`. */
  unreadTopics(): Promise<readonly string[]>;
  /** Resolves to true if every record of the log is folded, and to false also when the log does not answer. */
  caughtUp(): Promise<boolean>;
  /** Call after the consumer has stopped. */
  close(): Promise<void>;
}

export function openLog(foundation: Foundation, store: SqliteStore, kafka: boolean, onHealth: (health: SourceHealth) => void): LogSource {
  const { config, clock, logger, createKafkaLog } = foundation;
  if (!kafka || !config.kafka || !createKafkaLog) return openEmbeddedLog(foundation, store, onHealth);
  const kafkaTopics: Readonly<Record<string, string>> = config.kafka.topics;
  const log = createKafkaLog({ ...config.kafka, storeId: store.storeId, clock, logger, onHealth });
  /** The given topics that hold records which are not stored yet. */
  async function unread(names: readonly string[]): Promise<readonly string[]> {
    const [ends, offsets] = await Promise.all([log.topics.ends(names), store.reads.offsets()]);
    const next = new Map(offsets.map((at) => [`${at.topic}/${at.partition}`, at.nextOffset]));
    const behind = ends.filter(({ topic, partition, low, high }) => high > Math.max(low, next.get(`${topic}/${partition}`) ?? 0));
    return [...new Set(behind.map(({ topic }) => topic))];
  }
  return {
    name: 'kafka',
    async unreadTopics() {
      const known = (await store.reads.offsets()).filter(({ logId }) => logId !== null && roadOf(logId) === 'topic');
      const unused = [...new Set(known.map(({ topic }) => topic))].filter((name) => !Object.values(kafkaTopics).includes(name));
      return unused.length === 0 ? [] : unread(unused);
    },
    consumer: log.consumer,
    producer: log.producer,
    async caughtUp() {
      try {
        return (await unread(Object.values(kafkaTopics))).length === 0;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        return false;
      }
    },
    close: () => log.close(),
  };
}

export function openEmbeddedLog({ clock, logger }: Foundation, store: SqliteStore, onHealth: (health: SourceHealth) => void): LogSource {
  const log = createEmbeddedLog({ tables: store.log, storeId: store.storeId, topics, clock, logger, onHealth });
  return {
    name: 'log',
    consumer: log.consumer,
    producer: log.producer,
    unreadTopics: () => Promise.resolve([]),
    async caughtUp() {
      const offsets = await store.reads.offsets();
      const own = `store ${store.storeId}`;
      const ends = await Promise.all(topics.map((topic) => store.log.end(topic)));
      const next = (topic: string) => offsets.find((at) => at.topic === topic && (at.logId ?? own) === own)?.nextOffset ?? 0;
      return topics.every((topic, i) => next(topic) >= (ends[i] ?? 0));
    },
    close: () => Promise.resolve(),
  };
}
