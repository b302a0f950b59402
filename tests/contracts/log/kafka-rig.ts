/** What the Kafka suites share: a log on a broker under a topic and group of its own, closed after each test. */
import { randomUUID } from 'node:crypto';
import { createKafkaLog, type KafkaLog, type KafkaLogOptions } from '../../../server/adapters/kafka/kafka-log.ts';
import { systemClock } from '../../../server/adapters/system/clock.ts';
import type { LogHandler } from '../../../server/pipeline/ports/log.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';

/** A session that outlives every test: only a goodbye ends it in time. */
export const memberTiming = { pollMs: 200, sessionMs: 25_000 };

export class KafkaRig {
  readonly #closing: (() => Promise<unknown>)[] = [];

  /** A log with its own group; `topics` default to one fresh name for `sales`, not yet created. */
  log(brokers: readonly string[], options: Partial<KafkaLogOptions> = {}): { log: KafkaLog; name: string } {
    const name = options.topics?.['sales'] ?? `t-${randomUUID()}`;
    const log = createKafkaLog({
      brokers,
      clientId: 'test',
      groupId: name,
      ssl: null,
      sasl: null,
      topics: { sales: name },
      clock: systemClock,
      logger: silentLogger,
      ...options,
      timing: { pollMs: 200, ...options.timing },
    });
    this.#closing.push(() => log.close());
    return { log, name };
  }

  /** Runs the consumer; the promise is there to be awaited, an unawaited rejection is not one. */
  run(log: KafkaLog, handler: LogHandler): Promise<void> {
    const run = log.consumer.run(handler);
    run.catch(() => {});
    return run;
  }

  later(cleanup: () => Promise<unknown>): void {
    this.#closing.push(cleanup);
  }

  async close(): Promise<void> {
    for (const cleanup of this.#closing.splice(0).reverse()) await cleanup();
  }
}
