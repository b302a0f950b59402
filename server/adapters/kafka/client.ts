/**
 * The only importer of the Kafka client library (kafkajs-fixes under the name kafkajs). It adapts
 * the library in general: it registers the codecs, opens sockets without Nagle's delay, forwards
 * the library's log lines to our logger and sets time-outs.
 */
import { connect as tcpConnect, isIP, type Socket } from 'node:net';
import { connect as tlsConnect, type ConnectionOptions } from 'node:tls';
import kafkajs from 'kafkajs';
import type { Admin, Consumer, EachBatchPayload, KafkaMessage, Kafka, logLevel, PartitionAssigner, Producer, RetryOptions } from 'kafkajs';
import type { Logger } from '../../pipeline/ports/logger.ts';
import { codecs, type CompressionName } from './codec/codecs.ts';

export type { Admin, Consumer, EachBatchPayload, Kafka, KafkaMessage, Producer };

export interface ConnectionConfig {
  /** `host:port`. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** PEM texts; null = connections in clear. */
  readonly ssl: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } | null;
  readonly sasl: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  } | null;
}

const types: Readonly<Record<CompressionName | 'none', number>> = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 };
for (const [name, codec] of Object.entries(codecs)) {
  (kafkajs.CompressionCodecs as Record<number, () => unknown>)[types[name as CompressionName]] = () => codec;
}

/** The library's number for a compression. */
export function compressionType(name: CompressionName | 'none'): number {
  return types[name];
}

/** Creates a client of the library with few retries of its own, because our consumer and producer decide whether to try again. */
export function connectKafka(config: ConnectionConfig, timeouts: { requestMs: number; retry: RetryOptions }, logger: Logger): Kafka {
  return new kafkajs.Kafka({
    brokers: [...config.brokers],
    clientId: config.clientId,
    ...(config.ssl ? { ssl: tlsOptions(config.ssl) } : {}),
    ...(config.sasl ? { sasl: { ...config.sasl } as never } : {}),
    connectionTimeout: 2_000,
    authenticationTimeout: 4_000,
    requestTimeout: timeouts.requestMs,
    retry: timeouts.retry,
    socketFactory: ({ host, port, ssl, onConnect }) => {
      const socket = openSocket(host, port, ssl ?? null);
      socket.once(ssl ? 'secureConnect' : 'connect', onConnect);
      return socket;
    },
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => forward(logger),
  });
}

/** Puts equal keys into the same partition as the Java client does. */
export const partitioner = kafkajs.Partitioners.DefaultPartitioner;

/**
 * Assigns partitions round-robin, as the library's own assigner does and under the same name, so that
 * members running older versions of this program stay compatible. It adds a text that other members
 * of the group can read [I15].
 */
export function assignerWith(text: string): PartitionAssigner {
  return (cluster) => {
    const roundRobin = kafkajs.PartitionAssigners.roundRobin(cluster);
    return {
      name: roundRobin.name,
      version: roundRobin.version,
      assign: (group) => roundRobin.assign(group),
      protocol: ({ topics }) => ({ name: roundRobin.name, metadata: memberMetadata(topics, text) }),
    };
  };
}

/** The metadata with which a member joins its group. */
export function memberMetadata(topics: string[], text: string): Buffer {
  return kafkajs.AssignerProtocol.MemberMetadata.encode({ version: 0, topics, userData: Buffer.from(text) });
}

/** The text in a member's metadata; empty for a member that sent none. */
export function textOfMember(metadata: Buffer): string {
  return metadata.length === 0 ? '' : (kafkajs.AssignerProtocol.MemberMetadata.decode(metadata)?.userData ?? '').toString();
}

export function tlsOptions(ssl: NonNullable<ConnectionConfig['ssl']>): ConnectionOptions {
  return { ...(ssl.ca ? { ca: ssl.ca } : {}), ...(ssl.cert ? { cert: ssl.cert } : {}), ...(ssl.key ? { key: ssl.key } : {}) };
}

/** Opens a socket to a broker that sends small requests without delay. */
export function openSocket(host: string, port: number, ssl: ConnectionOptions | null): Socket {
  const socket = ssl ? tlsConnect({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }) : tcpConnect({ host, port });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
}

/**
 * Writes the library's log lines to our logger. The library reports every failed attempt as an error
 * although we try again, so its errors become warnings here and everything else becomes debug lines.
 * Only the message and the names of part and broker are written.
 */
function forward(logger: Logger) {
  return ({
    level,
    namespace,
    log,
  }: {
    level: logLevel;
    namespace: string;
    log: { message: string; broker?: string; error?: unknown };
  }) => {
    const fields = { part: `kafka client ${namespace}`, ...(log.broker ? { broker: log.broker } : {}) };
    const failed = level === kafkajs.logLevel.ERROR || level === kafkajs.logLevel.WARN;
    logger[failed ? 'warn' : 'debug'](fields, log.message);
  };
}
