import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { incompatibility, compare } from '../../../../server/adapters/kafka/api-versions.ts';
import { createKafkaLog } from '../../../../server/adapters/kafka/kafka-log.ts';
import { systemClock } from '../../../../server/adapters/system/clock.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { freePort } from '../../../helpers/ports.ts';
import { RecordingHandler, until } from '../../../contracts/log/recording-handler.ts';

type Versions = Record<number, [min: number, max: number]>;
/** As Apache Kafka 4.2 answers. */
const kafka4: Versions = { 0: [0, 13], 1: [4, 18], 2: [1, 11], 3: [0, 13], 8: [2, 10], 9: [1, 10], 10: [0, 6], 11: [0, 9] };
const asMap = (versions: Versions) => new Map(Object.entries(versions).map(([key, [min, max]]) => [Number(key), { min, max }]));

describe('versions of the Kafka protocol', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  /** A broker that knows one request. */
  async function fakeBroker(versions: Versions): Promise<string> {
    const entries = Object.entries(versions);
    const answer = Buffer.alloc(14 + entries.length * 6);
    answer.writeInt32BE(answer.length - 4, 0);
    answer.writeInt32BE(1, 4);
    answer.writeInt32BE(entries.length, 10);
    for (const [index, [key, [min, max]]] of entries.entries()) {
      answer.writeInt16BE(Number(key), 14 + index * 6);
      answer.writeInt16BE(min, 16 + index * 6);
      answer.writeInt16BE(max, 18 + index * 6);
    }
    const server = createServer((socket) => {
      // In two pieces, as networks do.
      socket.once('data', () => {
        socket.write(answer.subarray(0, 9));
        setTimeout(() => socket.write(answer.subarray(9)), 10);
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const connection = (...brokers: string[]) => ({ brokers, clientId: 'test', ssl: null, sasl: null });

  it('finds Kafka 4 fit', async () => {
    expect(await incompatibility(connection(await fakeBroker(kafka4)), 2_000)).toBeNull();
  });

  it('says in plain words that a broker is too new or too old', async () => {
    const tooNew = await fakeBroker({ ...kafka4, 1: [13, 20] });
    expect(await incompatibility(connection(tooNew), 2_000)).toBe(
      `Kafka broker ${tooNew} is too new: it speaks Fetch 13 to 20, this program speaks Fetch 4 to 11. Kafka 1.0 to 4.x works.`,
    );
    expect(compare('b:1', asMap({ ...kafka4, 0: [0, 2] }))).toContain('is too old: it speaks Produce 0 to 2');
    const { 11: _, ...noGroups } = kafka4;
    expect(compare('b:1', asMap(noGroups))).toContain('does not offer JoinGroup');
  });

  it('asks the next broker when one is away, and rejects when all are', async () => {
    const dead = `127.0.0.1:${await freePort()}`;
    expect(await incompatibility(connection(dead, await fakeBroker(kafka4)), 2_000)).toBeNull();
    await expect(incompatibility(connection(dead), 2_000)).rejects.toThrow(dead);
  });

  it('an unfit broker turns the source red with that sentence, and does not end the process', async () => {
    const broker = await fakeBroker({ ...kafka4, 1: [13, 20] });
    const topics = { sales: 'x' };
    const log = createKafkaLog({
      ...connection(broker),
      groupId: 'g',
      topics,
      clock: systemClock,
      logger: silentLogger,
      timing: { pollMs: 50 },
    });
    const run = log.consumer.run(new RecordingHandler());
    await until(() => log.consumer.health().reason === 'broker_incompatible', 'red');
    expect(log.consumer.health().detail).toContain('too new');
    await log.close();
    await run;
  });
});
