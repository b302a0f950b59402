/** `warroom topics create|list`: the five topics at the configured broker. */
import { createKafkaLog, type KafkaLog } from '../adapters/kafka/kafka-log.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { createLogger } from '../adapters/system/logger.ts';
import { CommandFailed, configured } from './connect.ts';

export async function createTopics(partitions: number): Promise<number> {
  return withBroker(async ({ topics }) => {
    const made = await topics.createTopics({ partitions });
    console.log(made.length > 0 ? `Created: ${made.join(', ')}` : 'All topics exist already.');
    return 0;
  });
}

export async function listTopics(): Promise<number> {
  return withBroker(async ({ topics }) => {
    const rows = await topics.describe();
    const width = Math.max(...rows.map((r) => r.name.length));
    for (const { name, partitions, records } of rows) {
      console.log(`${name.padEnd(width)}  ${partitions === null ? 'missing' : `${partitions} partitions, ${records ?? 0} records`}`);
    }
    if (rows.every((r) => r.partitions !== null)) return 0;
    console.log('Create the missing ones with: npm run warroom -- topics create');
    return 1;
  });
}

/** Runs work on a connection of its own; a broker that cannot be reached is a sentence, not a stack. */
export async function withBroker<T>(work: (log: KafkaLog) => Promise<T>): Promise<T> {
  const { kafka } = configured();
  if (!kafka) throw new CommandFailed('Set KAFKA_BROKERS to your brokers, for example KAFKA_BROKERS=127.0.0.1:9092.');
  const log = createKafkaLog({ ...kafka, clock: systemClock, logger: createLogger({ level: 'silent' }) });
  try {
    return await work(log);
  } catch (error) {
    if (!(error instanceof Error) || !/^(KafkaJS|Unavailable)/.test(error.name)) throw error;
    throw new CommandFailed(`The brokers at ${kafka.brokers.join(', ')} cannot be used: ${error.message}`);
  } finally {
    await log.close();
  }
}
