import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { createKafkaLog, type KafkaLog } from '../../../server/adapters/kafka/kafka-log.ts';
import { systemClock } from '../../../server/adapters/system/clock.ts';
import { startKafka, type KafkaBroker } from '../../helpers/kafka-broker.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { describeWithKafka } from '../../helpers/with-kafka.ts';
import { registerLogContract } from './log-contract.ts';

describeWithKafka('log contract on Apache Kafka', () => {
  let broker: KafkaBroker;
  beforeAll(async () => {
    broker = await startKafka();
  });
  afterAll(() => broker.stop());

  describe('one topic of one partition', () => {
    registerLogContract('kafka', async () => {
      const name = `contract-${randomUUID()}`;
      const logs: KafkaLog[] = [];
      const open = () => {
        const log = createKafkaLog({
          brokers: broker.brokers,
          clientId: 'contract',
          groupId: name,
          ssl: null,
          sasl: null,
          topics: { sales: name },
          clock: systemClock,
          logger: silentLogger,
          timing: { pollMs: 200 },
        });
        logs.push(log);
        return log;
      };
      const first = open();
      await first.topics.createTopics({ partitions: 1 });
      return {
        topic: 'sales',
        name,
        producer: first.producer,
        consumer: () => open().consumer,
        close: async () => {
          await Promise.all(logs.map((log) => log.close()));
        },
      };
    });
  });
});
