/** Fills a Kafka topic with the benchmark's orders, in large uncompressed batches. */
import { Kafka, logLevel } from 'kafkajs';
import { generateOrders, type BenchTotals } from './orders.ts';

const batchSize = 5_000;

/** The topics of a bench, and the other streams' empty ones: a server that misses a topic is not ready. */
export async function createTopics(kafka: Kafka, partitions: Readonly<Record<string, number>>): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const others = ['leads', 'sentiment', 'campaigns', 'competitors'].map((stream) => [`marketing.${stream}`, 1] as const);
  const topics = [...Object.entries(partitions), ...others].map(([topic, numPartitions]) => ({
    topic,
    numPartitions,
    replicationFactor: 1,
  }));
  const existing = new Set(await admin.listTopics());
  await admin.createTopics({ waitForLeaders: true, topics: topics.filter(({ topic }) => !existing.has(topic)) });
  await admin.disconnect();
}

export async function fillTopic(options: {
  brokers: readonly string[];
  topic: string;
  partitions: number;
  count: number;
  seed: number;
  /** Every so manieth order is sent twice, as a source that retries does. */
  repeatEvery?: number;
}): Promise<BenchTotals> {
  const kafka = new Kafka({ clientId: 'bench-fill', brokers: [...options.brokers], logLevel: logLevel.NOTHING });
  await createTopics(kafka, { [options.topic]: options.partitions });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  let waiting: { key: string; value: string; partition: number }[] = [];
  const sends: Promise<unknown>[] = [];
  let n = 0;
  // One partition after the other within a batch keeps record batches large, as a busy source does.
  const flush = () => {
    const messages = waiting;
    waiting = [];
    sends.push(producer.send({ topic: options.topic, acks: 1, messages }));
  };
  const orders: { key: string; value: string; partition: number }[][] = [[]];
  const totals = generateOrders(
    { count: options.count, seed: options.seed, endAt: Date.now() - 60_000, spanMs: 30 * 86_400_000 },
    (key, value) => {
      const last = orders.at(-1) as { key: string; value: string; partition: number }[];
      const partition = n++ % options.partitions;
      last.push({ key, value, partition });
      if (options.repeatEvery !== undefined && n % options.repeatEvery === 0) last.push({ key, value, partition });
      if (last.length >= batchSize) orders.push([]);
    },
  );
  for (const batch of orders) {
    waiting = batch;
    flush();
    await Promise.all(sends.splice(0));
  }
  await producer.disconnect();
  return totals;
}
