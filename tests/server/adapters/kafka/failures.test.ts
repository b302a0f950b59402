import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { BrokerUnreachable, isTooLargeForBroker, isUnknownTopic, classify } from '../../../../server/adapters/kafka/failures.ts';

/** The library's own errors; its type declarations know neither all of them nor their options. */
const errors = kafkajs as unknown as Record<string, new (about: unknown, options?: unknown) => Error>;
const made = (name: string, about: unknown, options?: unknown): Error => {
  const Kind = errors[name];
  if (!Kind) throw new Error(`the library has no ${name}`);
  return new Kind(about, options);
};
/** As it wraps what it gave up on. */
const exceeded = (cause: Error) => made('KafkaJSNumberOfRetriesExceeded', cause, { retryCount: 2, retryTime: 100, cause });
const nonRetriable = (cause: Error) => made('KafkaJSNonRetriableError', cause, { cause });
const protocol = (type: string, retriable: boolean) => made('KafkaJSProtocolError', { message: `about ${type}`, type, code: 1, retriable });

describe('judging failures of the Kafka client', () => {
  it.each([
    ['a refused connection', nonRetriable(made('KafkaJSConnectionError', 'connect ECONNREFUSED'))],
    ['a closed connection after retries', exceeded(made('KafkaJSConnectionClosedError', 'Closed', { host: 'h', port: 1 }))],
    ['a connection lost between two tries', exceeded(new Error('Broker not connected'))],
    ['a broker that does not answer in time', new BrokerUnreachable('no answer within 3000 ms')],
  ])('%s passes: the broker is unreachable', (_, error) => {
    expect(classify(error)).toMatchObject({ kind: 'passing', reason: 'broker_unreachable' });
  });

  it.each([
    ['a group that is still loading', protocol('GROUP_LOAD_IN_PROGRESS', true)],
    ['a member the group has forgotten', protocol('UNKNOWN_MEMBER_ID', false)],
    ['a topic that vanished', exceeded(protocol('UNKNOWN_TOPIC_OR_PARTITION', true))],
  ])('%s passes: the cluster’s trouble', (_, error) => {
    expect(classify(error)).toMatchObject({ kind: 'passing', reason: 'broker_error' });
  });

  it.each([
    ['an answer that cannot be decoded', nonRetriable(new RangeError('out of range')), 'out of range'],
    [
      'a refused authorisation',
      protocol('GROUP_AUTHORIZATION_FAILED', false),
      'GROUP_AUTHORIZATION_FAILED: about GROUP_AUTHORIZATION_FAILED',
    ],
    ['an unexpected server error', nonRetriable(protocol('UNKNOWN', false)), 'UNKNOWN: about UNKNOWN'],
    ['a bug of ours', new TypeError('x is undefined'), 'x is undefined'],
    ['something that is no error', 'text', 'text'],
  ])('[I14] %s lasts', (_, error, detail) => {
    expect(classify(error)).toEqual({ kind: 'lasting', detail });
  });

  it('[I15] a group that shares partitions in another way is another program’s: reported, and tried again', () => {
    const refused = nonRetriable(protocol('INCONSISTENT_GROUP_PROTOCOL', false));
    expect(classify(refused)).toMatchObject({ kind: 'passing', reason: 'foreign_group_member' });
    expect(classify(refused)).toMatchObject({ detail: expect.stringContaining('KAFKA_GROUP_ID') as string });
  });

  it('knows a missing topic and a refused size through the library’s wrapping', () => {
    expect(isUnknownTopic(exceeded(protocol('UNKNOWN_TOPIC_OR_PARTITION', true)))).toBe(true);
    expect(isUnknownTopic(protocol('LEADER_NOT_AVAILABLE', true))).toBe(false);
    expect(isTooLargeForBroker(nonRetriable(protocol('MESSAGE_TOO_LARGE', false)))).toBe(true);
  });
});
