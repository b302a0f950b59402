import { expect, it } from 'vitest';
import { KafkaProducer } from '../../../../server/adapters/kafka/producer.ts';
import { SourceStatus } from '../../../../server/pipeline/ingest/source-status.ts';

const gone = new Error('gave up', { cause: new Error('Broker not connected') });
const records = [{ topic: 'sales', key: 'k', value: Buffer.from('v') }];

/** A producer over connections that are lost as told: `lost` says of each that is opened whether it is. */
function opened(lost: (connection: number) => boolean) {
  const sent: number[] = [];
  const closed: number[] = [];
  let connections = 0;
  const createProducer = () => {
    const connection = (connections += 1);
    return {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(void closed.push(connection)),
      sendBatch: () => {
        if (lost(connection)) return Promise.reject(gone);
        sent.push(connection);
        return Promise.resolve([]);
      },
    };
  };
  const clock = { now: () => 0, monotonic: () => 0 };
  const status = new SourceStatus('kafka', clock.now);
  const producer = new KafkaProducer({ createProducer, topics: {}, status, clock, compression: 0, timeoutMs: 1_000 });
  return { producer, sent, closed, connections: () => connections };
}

it('a connection that was lost since it was last used is made anew, and nothing is refused', async () => {
  const { producer, sent, closed } = opened((connection) => connection === 1);
  await producer.prepare();
  await Promise.all([producer.append(records), producer.append(records)]);
  expect(sent).toEqual([2, 2]);
  expect(closed).toEqual([1]);
});

it('a new connection that is lost at once is an outage, told after one try', async () => {
  const { producer, connections } = opened(() => true);
  await producer.prepare();
  await expect(producer.append(records)).rejects.toMatchObject({ code: 'broker_unreachable' });
  expect(connections()).toBe(2);
});
