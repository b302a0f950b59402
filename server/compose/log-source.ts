/** The log a workspace reads and its door writes: Kafka where it is configured, else the tables in the store. */
import { createKafkaLog } from '../adapters/kafka/kafka-log.ts';
import { createEmbeddedLog } from '../adapters/log/embedded-log.ts';
import type { SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import type { SourceHealth } from '../../shared/wire/freshness.ts';
import { topics } from '../../shared/events/define.ts';
import type { LogConsumer, LogProducer } from '../pipeline/ports/log.ts';
import type { Foundation } from './foundation.ts';

export interface LogSource {
  readonly name: 'kafka' | 'log';
  readonly consumer: LogConsumer;
  readonly producer: LogProducer;
  /** After the consumer has stopped. */
  close(): Promise<void>;
}

export function openLog(
  { config, clock, logger }: Foundation,
  store: SqliteStore,
  kafka: boolean,
  onHealth: (health: SourceHealth) => void,
): LogSource {
  if (kafka && config.kafka) {
    const log = createKafkaLog({ ...config.kafka, storeId: store.storeId, clock, logger, onHealth });
    return { name: 'kafka', consumer: log.consumer, producer: log.producer, close: () => log.close() };
  }
  const log = createEmbeddedLog({ tables: store.log, storeId: store.storeId, topics, clock, logger, onHealth });
  return { name: 'log', consumer: log.consumer, producer: log.producer, close: () => Promise.resolve() };
}
