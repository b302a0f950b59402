/**
 * What a failure of the Kafka client means for us: the network's or the cluster's
 * trouble (try again, for ever) or an answer that trying again cannot change (end
 * the process loudly [I14]).
 */

export type Failure =
  { readonly kind: 'passing'; readonly reason: string; readonly detail: string } | { readonly kind: 'lasting'; readonly detail: string };

/** A broker that does not answer us, found without the library. */
export class BrokerUnreachable extends Error {
  override readonly name = 'BrokerUnreachable';
}

/** The library stumbled over what it knows of the cluster, as while a topic is being made or deleted. */
export class ClusterUnclear extends Error {
  override readonly name = 'ClusterUnclear';
}

/** The library marks these as not worth retrying within one call; over minutes they are. */
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
const passingTypes = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP']);

const strangers =
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
    return { kind: 'passing', reason: 'foreign_group_member', detail: strangers };
  if (chain.some((e) => unreachableNames.has(e.name ?? ''))) return { kind: 'passing', reason: 'broker_unreachable', detail };
  const passing =
    chain.some((e) => passingNames.has(e.name ?? '') || passingTypes.has(e.type ?? '')) ||
    (root.name?.startsWith('KafkaJS') && root.retriable);
  return passing ? { kind: 'passing', reason: 'broker_error', detail } : { kind: 'lasting', detail };
}

/** True for what the client library throws, which is the broker's or the library's doing and no bug of the line. */
export function isClientError(error: unknown): boolean {
  return causes(error).some((e) => e.name?.startsWith('KafkaJS'));
}

/** True for a topic or partition the cluster does not know. */
export function isUnknownTopic(error: unknown): boolean {
  return causes(error).some((e) => e.type === 'UNKNOWN_TOPIC_OR_PARTITION');
}

/** True when the broker finds a batch too large for its settings. */
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
