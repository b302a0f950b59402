/** Creates the Kafka log: a consumer, a producer and the administration of the topics, which share one status. */
import { randomUUID } from 'node:crypto';
import type { SourceHealth } from '../../../shared/wire/freshness.ts';
import type { Logger } from '../../pipeline/ports/logger.ts';
import type { ClockPort } from '../../pipeline/ports/clock.ts';
import { SourceStatus } from '../../pipeline/ingest/source-status.ts';
import { AdminClient } from './admin-client.ts';
import { assignerWith, compressionType, connectKafka, partitioner, type ConnectionConfig } from './client.ts';
import type { CompressionName } from './codec/codecs.ts';
import { dismissFormerMembers } from './consume/former-members.ts';
import { foreignMembers, memberText } from './consume/group-members.ts';
import { KafkaConsumer, type ConsumerTiming } from './consume/consumer.ts';
import { KafkaProducer } from './producer.ts';
import { topicAdmin, type TopicAdmin } from './topics.ts';

export interface KafkaLogOptions extends ConnectionConfig {
  readonly groupId: string;
  /**
   * Id of the store that is written. Only one process at a time may open a store, so the id in a member's
   * name shows which members of the group belong to killed processes; they are removed from the group at once.
   */
  readonly storeId?: string;
  /** Names at the broker of the topics to consume, by logical topic. */
  readonly topics: Readonly<Record<string, string>>;
  readonly clock: ClockPort;
  readonly logger: Logger;
  /** A random number in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
  readonly onHealth?: (health: SourceHealth) => void;
  /** Compression of produced records; consumed records may have any. */
  readonly compression?: CompressionName;
  readonly timing?: Partial<ConsumerTiming & { sessionMs: number }>;
}

export interface KafkaLog {
  readonly consumer: KafkaConsumer;
  readonly producer: KafkaProducer;
  readonly topics: TopicAdmin;
  close(): Promise<void>;
}

/** 2 MiB per fetch is about one transaction of the store: with 1 MiB, consumption waits more often for the broker and for commits. */
const fetchBytes = 2 * 1024 * 1024;
/** How long a fetch without records may last; pause, seek and stop have to wait for its end. */
const fetchWaitMs = 300;
/** The longest wait for the acknowledgement of a produced batch, and for the answer to an administrative request. */
const answerMs = 4_000;

export function createKafkaLog(options: KafkaLogOptions): KafkaLog {
  const { clock, logger, topics } = options;
  const timing = { pollMs: 3_000, stallMs: 60_000, silenceMs: 15_000, sessionMs: 6_000, ...options.timing };
  const status = new SourceStatus(
    'kafka',
    () => clock.now(),
    (health) => {
      logger[health.state === 'down' || health.state === 'gap' ? 'warn' : 'info'](
        { source: 'kafka', state: health.state, reason: health.reason },
        health.detail ?? 'Kafka is read.',
      );
      options.onHealth?.(health);
    },
  );
  const retry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 2 };
  const requestClient = connectKafka(options, { requestMs: answerMs, retry }, logger);
  const memberName = options.storeId ? `${options.clientId}-${options.storeId}` : options.clientId;
  // A fetch may wait for `fetchWaitMs`, and a join for the rebalance time-out of the other members; the library adds
  // those times to `requestMs`.
  const consumerClient = connectKafka(
    { ...options, clientId: memberName },
    { requestMs: 10_000, retry: { ...retry, restartOnFailure: () => Promise.resolve(false) } },
    logger,
  );
  const admin = () => new AdminClient(requestClient, () => requestClient.admin({ retry }), answerMs);
  const groupAdmin = admin();
  const own = options.storeId ? { storeId: options.storeId, processId: randomUUID() } : null;
  const consumer = new KafkaConsumer({
    connection: options,
    dismissFormer: async () => {
      if (!options.storeId) return;
      const count = await dismissFormerMembers(groupAdmin, options.groupId, memberName);
      if (count > 0) logger.info({ count }, 'freed the place of a process that was killed');
    },
    foreignMembers: async () => own && foreignMembers(groupAdmin, options.groupId, own),
    createConsumer: () =>
      consumerClient.consumer({
        groupId: options.groupId,
        ...(own ? { partitionAssigners: [assignerWith(memberText(own))] } : {}),
        // Until the membership of a killed process lapses, its successor gets no partitions.
        sessionTimeout: timing.sessionMs,
        heartbeatInterval: Math.floor(timing.sessionMs / 4),
        rebalanceTimeout: 30_000,
        maxWaitTimeInMs: fetchWaitMs,
        maxBytes: fetchBytes,
        maxBytesPerPartition: fetchBytes,
        allowAutoTopicCreation: false,
        // New partitions of a topic are found after at most this time.
        metadataMaxAge: 5_000,
        retry: { ...retry, restartOnFailure: () => Promise.resolve(false) },
      }),
    admin: groupAdmin,
    onJoined: () => void producer.prepare(),
    topics,
    status,
    clock,
    logger,
    random: options.random ?? Math.random,
    timing,
  });
  const producer = new KafkaProducer({
    createProducer: () =>
      requestClient.producer({ createPartitioner: partitioner, allowAutoTopicCreation: false, retry, metadataMaxAge: 60_000 }),
    topics,
    status,
    clock,
    compression: compressionType(options.compression ?? 'none'),
    timeoutMs: answerMs,
  });
  const administration = topicAdmin(admin(), topics);
  return {
    consumer,
    producer,
    topics: administration,
    close: async () => {
      await consumer.stop();
      await Promise.all([producer.close(), administration.close()]);
    },
  };
}
