/** A plain Kafka client for tests that do what the product does not: tombstones, headers, compressions, deleting records, transactions. */
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, type IHeaders, type Producer } from 'kafkajs';
// Registers the product's codecs with the library, which keeps them process-wide.
import { compressionType } from '../../server/adapters/kafka/client.ts';
import type { CompressionName } from '../../server/adapters/kafka/codec/codecs.ts';

export interface PlainMessage {
  readonly key?: string | null;
  readonly value: Buffer | string | null;
  readonly headers?: IHeaders;
}

export interface PlainKafka {
  readonly admin: Admin;
  readonly producer: Producer;
  send(topic: string, messages: readonly PlainMessage[], compression?: CompressionName): Promise<void>;
  createTopic(topic: string, partitions?: number, settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Forgets records of partition 0 below an offset, as retention would. */
  deleteRecords(topic: string, below: number): Promise<void>;
  close(): Promise<void>;
}

export async function plainKafka(brokers: readonly string[]): Promise<PlainKafka> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'test', logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
  await Promise.all([admin.connect(), producer.connect()]);
  return {
    admin,
    producer,
    async send(topic, messages, compression) {
      await producer.send({
        topic,
        messages: messages.map((m) => ({ ...m })),
        acks: -1,
        compression: compressionType(compression ?? 'none'),
      });
    },
    async createTopic(topic, partitions = 1, settings = {}) {
      const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
      // The library's own wait for leaders fails when a busy broker does not know the new topic yet.
      await admin.createTopics({
        waitForLeaders: false,
        topics: [{ topic, numPartitions: partitions, replicationFactor: 1, configEntries }],
      });
      const known = () =>
        admin.fetchTopicMetadata({ topics: [topic] }).then(
          ({ topics }) => topics[0]?.partitions.length === partitions && topics[0].partitions.every(({ leader }) => leader >= 0),
          () => false,
        );
      while (!(await known())) await sleep(50);
    },
    async deleteRecords(topic, below) {
      // Makes the library learn the topic's leaders, without which it finds none.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(below) }] });
    },
    async close() {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
  };
}

/** A transactional producer of its own, for records that are aborted and markers that follow those that are not. */
export async function transactionalProducer(brokers: readonly string[], transactionalId: string): Promise<Producer> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'test', logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({
    transactionalId,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}
