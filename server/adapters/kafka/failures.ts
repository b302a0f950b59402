/**
 * Classifies failures of the Kafka client. A passing failure is trouble of the network or the cluster,
 * after which the same work is tried again without limit. A lasting failure is an answer that trying
 * again cannot change; the process then ends with the reason [I14].
 */

export type Failure =
  { readonly kind: 'passing'; readonly reason: string; readonly detail: string } | { readonly kind: 'lasting'; readonly detail: string };

/** A broker that does not answer, noticed by our own code rather than by the library. */
export class BrokerUnreachable extends Error {
  override readonly name = 'BrokerUnreachable';
}

/** What the library knows about the cluster is incomplete, as it can be while a topic is created or deleted. */
export class ClusterUnclear extends Error {
  override readonly name = 'ClusterUnclear';
}

/** The library does not retry these errors within one call; we do, because they pass within minutes. */
const passingNames = new Set([
  'ClusterUnclear',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSTopicMetadataNotLoaded',
  'KafkaJSStaleTopicMetadataAssignment',
  'KafkaJSTimeout',
  'KafkaJSLockTimeout',
]);
const unreachableNames = new Set([
  'BrokerUnreachable',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSTimeout',
  'KafkaJSLockTimeout',
]);
/** What the library throws, by no class of its own, when a connection is lost between two tries of one request. */
const connectionGone = 'Broker not connected';
const passingTypes = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP']);

const foreignAssigner =
  'Another program reads as our consumer group and shares partitions in a way of its own. Give each its own KAFKA_GROUP_ID or stop one.';

interface ClientError {
  readonly name?: string;
  readonly message?: string;
  readonly type?: string;
  readonly retriable?: boolean;
  readonly code?: string | number;
  readonly cause?: unknown;
}

export function classify(error: unknown): Failure {
  const chain = causes(error);
  const root = chain.at(-1) as ClientError;
  const detail = sentence(root);
  if (chain.some((e) => e.type === 'INCONSISTENT_GROUP_PROTOCOL'))
    return { kind: 'passing', reason: 'foreign_group_member', detail: foreignAssigner };
  if (chain.some((e) => unreachableNames.has(e.name ?? '') || e.message === connectionGone))
    return { kind: 'passing', reason: 'broker_unreachable', detail };
  const passing =
    chain.some((e) => passingNames.has(e.name ?? '') || passingTypes.has(e.type ?? '')) ||
    (root.name?.startsWith('KafkaJS') && root.retriable);
  return passing ? { kind: 'passing', reason: 'broker_error', detail } : { kind: 'lasting', detail };
}

/** True for errors thrown by the client library: the broker or the library caused them, and they are no bug of this program. */
export function isClientError(error: unknown): boolean {
  return causes(error).some((e) => e.name?.startsWith('KafkaJS'));
}

/** True if a request was not sent because its connection was lost before. */
export function isUnsent(error: unknown): boolean {
  return causes(error).some((e) => e.message === connectionGone);
}

/** True if the cluster does not know the topic or partition. */
export function isUnknownTopic(error: unknown): boolean {
  return causes(error).some((e) => e.type === 'UNKNOWN_TOPIC_OR_PARTITION');
}

/** True if a batch is larger than the settings of the broker allow. */
export function isTooLargeForBroker(error: unknown): boolean {
  return causes(error).some((e) => e.type === 'MESSAGE_TOO_LARGE' || e.type === 'RECORD_LIST_TOO_LARGE');
}

function causes(error: unknown): ClientError[] {
  const chain: ClientError[] = [];
  for (let at: unknown = error; typeof at === 'object' && at !== null && chain.length < 10; at = (at as ClientError).cause) chain.push(at);
  return chain.length > 0 ? chain : [{ message: String(error) }];
}

function sentence(error: ClientError): string {
  return [error.type, error.message ?? 'no message'].filter(Boolean).join(': ');
}
