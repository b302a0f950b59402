/** Puts the Kafka log together: one consumer, one producer, the topics' administration, one shared state of health. */
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
   * Unique to the store that is written, which only one process at a time may open: makes its
   * member of the group recognisable, so that a killed process's place is freed at once.
   */
  readonly storeId?: string;
  /** Name at the broker by logical topic; these are consumed. */
  readonly topics: Readonly<Record<string, string>>;
  readonly clock: ClockPort;
  readonly logger: Logger;
  /** [0, 1); for jitter. */
  readonly random?: () => number;
  readonly onHealth?: (health: SourceHealth) => void;
  /** Of what is produced; reading knows all. */
  readonly compression?: CompressionName;
  readonly timing?: Partial<ConsumerTiming & { sessionMs: number }>;
}

export interface KafkaLog {
  readonly consumer: KafkaConsumer;
  readonly producer: KafkaProducer;
  readonly topics: TopicAdmin;
  close(): Promise<void>;
}

/** 2 MiB a fetch, about one transaction of the line: with 1 MiB the line waits more often for the broker and for commits. */
const fetchBytes = 2 * 1024 * 1024;
/** Bounds how long pause, seek and stop wait for an idle fetch. */
const fetchWaitMs = 300;
/** Longest wait for the producer's acknowledgement, and for an admin's answer. */
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
  const brisk = connectKafka(options, { requestMs: answerMs, retry }, logger);
  // A fetch may wait for `fetchWaitMs`, a join for the other members' rebalance time-out; the library adds that itself.
  const memberName = options.storeId ? `${options.clientId}-${options.storeId}` : options.clientId;
  const patient = connectKafka(
    { ...options, clientId: memberName },
    { requestMs: 10_000, retry: { ...retry, restartOnFailure: () => Promise.resolve(false) } },
    logger,
  );
  const admin = () => new AdminClient(brisk, () => brisk.admin({ retry }), answerMs);
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
      patient.consumer({
        groupId: options.groupId,
        ...(own ? { partitionAssigners: [assignerWith(memberText(own))] } : {}),
        // A killed process's membership must lapse before its successor is served.
        sessionTimeout: timing.sessionMs,
        heartbeatInterval: Math.floor(timing.sessionMs / 4),
        rebalanceTimeout: 30_000,
        maxWaitTimeInMs: fetchWaitMs,
        maxBytes: fetchBytes,
        maxBytesPerPartition: fetchBytes,
        allowAutoTopicCreation: false,
        // New partitions are found when this has passed.
        metadataMaxAge: 5_000,
        retry: { ...retry, restartOnFailure: () => Promise.resolve(false) },
      }),
    admin: groupAdmin,
    topics,
    status,
    clock,
    logger,
    random: options.random ?? Math.random,
    timing,
  });
  const producer = new KafkaProducer({
    createProducer: () => brisk.producer({ createPartitioner: partitioner, allowAutoTopicCreation: false, retry, metadataMaxAge: 60_000 }),
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
