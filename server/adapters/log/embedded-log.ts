/**
 * The log of an installation without Kafka: tables in the file of the store. HTTP intake and import
 * append records, and the consumer reads from the stored offset on, so a crash between the two loses
 * nothing. There is one process, and each topic has one partition.
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
  /** Id of the store that contains the tables. */
  readonly storeId: string;
  /** Logical topics to consume. */
  readonly topics: readonly string[];
  readonly clock: ClockPort;
  readonly logger: Logger;
  /** A random number in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
  readonly onHealth?: (health: SourceHealth) => void;
  /** How many consumed records of each topic are kept for later inspection. */
  readonly keepRecords?: number;
  /** The most bytes that the values of one batch may have. */
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
