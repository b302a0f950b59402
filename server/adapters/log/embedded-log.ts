/**
 * The log of an installation without Kafka: tables in the store's own file. HTTP
 * and import append, the consumer reads on from the stored offset, so that a
 * crash between the two loses nothing. One process, one partition a topic.
 */
import type { SourceHealth } from '../../../shared/wire/freshness.ts';
import type { Logger } from '../../pipeline/ports/logger.ts';
import type { ClockPort } from '../../pipeline/ports/clock.ts';
import type { LogProducer } from '../../pipeline/ports/log.ts';
import { SourceStatus } from '../../pipeline/ingest/source-status.ts';
import type { LogTables } from '../../pipeline/ports/log-tables.ts';
import { EmbeddedConsumer } from './embedded-consumer.ts';

export interface EmbeddedLogOptions {
  readonly tables: LogTables;
  /** Names the store that the tables live in. */
  readonly storeId: string;
  /** Logical topics to consume. */
  readonly topics: readonly string[];
  readonly clock: ClockPort;
  readonly logger: Logger;
  /** [0, 1); for jitter. */
  readonly random?: () => number;
  readonly onHealth?: (health: SourceHealth) => void;
  /** Consumed records kept behind the consumer, a topic, for a look back. */
  readonly keepRecords?: number;
  /** Values of one batch, bytes. */
  readonly batchBytes?: number;
}

export interface EmbeddedLog {
  readonly consumer: EmbeddedConsumer;
  readonly producer: LogProducer;
}

export function createEmbeddedLog(options: EmbeddedLogOptions): EmbeddedLog {
  const { tables, clock } = options;
  const ends = new Map<string, number>();
  const consumer = new EmbeddedConsumer({
    tables,
    now: () => clock.now(),
    logId: `store ${options.storeId}`,
    ends,
    topics: options.topics,
    status: new SourceStatus(
      'log',
      () => clock.now(),
      (health) => {
        options.logger[health.state === 'down' || health.state === 'gap' ? 'warn' : 'info'](
          { source: 'log', state: health.state, reason: health.reason },
          health.detail ?? 'The log is read.',
        );
        options.onHealth?.(health);
      },
    ),
    logger: options.logger,
    random: options.random ?? Math.random,
    keepRecords: options.keepRecords ?? 10_000,
    batchBytes: options.batchBytes ?? 1024 * 1024,
  });
  const producer: LogProducer = {
    async append(records) {
      await tables.append(records, clock.now());
      for (const topic of new Set(records.map((record) => record.topic))) ends.set(topic, await tables.end(topic));
      consumer.wake();
    },
  };
  return { consumer, producer };
}
