/**
 * Reads facts about a topic that the library's admin client does not offer: its id, which differs
 * after the topic was deleted and created again under the same name (KIP-516, from Kafka 2.8 on),
 * and the end of its log including records of open transactions. The library's cluster object
 * offers both. It is a private member of the library, so `clusterOf` fails at once with a version
 * of the library that lacks it.
 */
import type { Kafka } from './client.ts';
import { ClusterUnclear } from './failures.ts';
import { decodeTopicId, encodeTopicIdRequest } from './codec/topic-id.ts';

export interface Watermarks {
  /** The oldest offset that the broker still keeps. */
  readonly low: number;
  /** The end of what may be read: from this offset on, records belong to transactions that are still open. */
  readonly readable: number;
  /** The offset that the next record will get. */
  readonly high: number;
}

/** A record as the broker holds it. */
export interface StoredRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly isControlRecord?: boolean;
}

export interface TopicView {
  /** null = the broker gives topics no id. */
  readonly id: string | null;
  /** By partition. */
  readonly partitions: ReadonlyMap<number, Watermarks>;
}

interface OffsetsAnswer {
  readonly responses: readonly { readonly partitions: readonly { readonly partition: number; readonly offset: string }[] }[];
}
interface FetchAnswer {
  readonly responses: readonly { readonly partitions: readonly { readonly messages: readonly StoredRecord[] }[] }[];
}
interface Broker {
  readonly versions: Readonly<Record<number, { readonly maxVersion: number } | undefined>>;
  readonly connectionPool: { send<T>(call: { request: object; response: object }): Promise<T> };
  listOffsets(query: {
    replicaId: number;
    isolationLevel: number;
    topics: readonly { topic: string; partitions: readonly { partition: number; timestamp: number }[] }[];
  }): Promise<OffsetsAnswer>;
  fetch(query: {
    replicaId: number;
    isolationLevel: number;
    maxWaitTime: number;
    minBytes: number;
    maxBytes: number;
    topics: readonly { topic: string; partitions: readonly { partition: number; fetchOffset: string; maxBytes: number }[] }[];
  }): Promise<FetchAnswer>;
}
export interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, readonly number[]>>;
  findBroker(node: { nodeId: string }): Promise<Broker>;
  findGroupCoordinator(group: { groupId: string }): Promise<{
    leaveGroup(member: { groupId: string; memberId: string }): Promise<unknown>;
  }>;
}

/** Timestamps with a special meaning in the ListOffsets request. */
const latest = -1;
const earliest = -2;
const readUncommitted = 0;
const readCommitted = 1;
const metadataKey = 3;
/** The first version of the Metadata answer that carries topic ids. */
const withTopicIds = 10;

/** Creates a cluster object with a connection of its own that is not open yet. */
export function clusterOf(kafka: Kafka): Cluster {
  const key = Object.getOwnPropertySymbols(kafka).find((symbol) => symbol.description === 'private:Kafka:createCluster');
  const create: unknown = key && Reflect.get(kafka, key);
  if (typeof create !== 'function') throw new Error('this version of the Kafka client library has no cluster object');
  return create({ allowAutoTopicCreation: false }) as Cluster;
}

/** Reads the state of a topic from a connected cluster; the leaders of its partitions are looked up each time. */
export async function viewTopic(cluster: Cluster, topic: string): Promise<TopicView> {
  await cluster.addTargetTopic(topic);
  await cluster.refreshMetadata();
  const numbers = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
  const leaders = Object.entries(cluster.findLeaderForPartitions(topic, numbers));
  const partitions = new Map<number, Watermarks>();
  let id: string | null = null;
  for (const [nodeId, led] of leaders) {
    const broker = await cluster.findBroker({ nodeId });
    id ??= await topicId(broker, topic);
    const ask = (isolationLevel: number, timestamp: number) => offsets(broker, topic, led, isolationLevel, timestamp);
    const low = await ask(readUncommitted, earliest);
    const readable = await ask(readCommitted, latest);
    const high = await ask(readUncommitted, latest);
    for (const [partition, end] of high) {
      partitions.set(partition, { low: low.get(partition) ?? 0, readable: readable.get(partition) ?? end, high: end });
    }
  }
  return { id, partitions };
}

/**
 * The first record at an offset that the log holds, or after it; null when the broker's first batch from there holds
 * none. The broker answers with whole batches, the first one also when it is larger than was asked for.
 */
export async function recordFrom(cluster: Cluster, topic: string, partition: number, offset: number): Promise<StoredRecord | null> {
  await cluster.addTargetTopic(topic);
  const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
  if (nodeId === undefined) throw new ClusterUnclear(`${topic}/${partition} has no leader`);
  const broker = await cluster.findBroker({ nodeId });
  const partitions = [{ partition, fetchOffset: String(offset), maxBytes: 1 }];
  const { responses } = await broker.fetch({
    replicaId: -1,
    isolationLevel: readUncommitted,
    maxWaitTime: 0,
    minBytes: 0,
    maxBytes: 1,
    topics: [{ topic, partitions }],
  });
  const messages = responses.flatMap((row) => row.partitions).flatMap((row) => row.messages);
  return messages.find((message) => Number(message.offset) >= offset && !message.isControlRecord) ?? null;
}

async function offsets(broker: Broker, topic: string, partitions: readonly number[], isolationLevel: number, timestamp: number) {
  const asked = partitions.map((partition) => ({ partition, timestamp }));
  const { responses } = await broker.listOffsets({ replicaId: -1, isolationLevel, topics: [{ topic, partitions: asked }] });
  return new Map(responses.flatMap((row) => row.partitions.map(({ partition, offset }) => [partition, Number(offset)] as const)));
}

async function topicId(broker: Broker, topic: string): Promise<string | null> {
  if ((broker.versions[metadataKey]?.maxVersion ?? 0) < withTopicIds) return null;
  const body = encodeTopicIdRequest(topic);
  const request = { apiKey: metadataKey, apiVersion: withTopicIds, apiName: 'Metadata', encode: async () => ({ buf: body, buffer: body }) };
  const response = { decode: async (payload: Buffer) => ({ payload }), parse: async ({ payload }: { payload: Buffer }) => payload };
  const id = decodeTopicId(await broker.connectionPool.send<Buffer>({ request, response }), topic);
  if (id === null) throw new ClusterUnclear(`the broker gives no id of topic ${topic}`);
  return id;
}
