/** Whose log is read: topics made anew, another store in the group, open transactions, new partitions, and the log that was left. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import kafkajs from 'kafkajs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startKafka, type KafkaBroker } from '../helpers/kafka-broker.ts';
import { plainKafka, transactionalProducer, type PlainKafka } from '../helpers/kafka-client.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { describeWithKafka } from '../helpers/with-kafka.ts';

interface State {
  readonly ready: boolean;
  readonly lag: number | null;
  readonly consumed: Readonly<Record<string, number>>;
  readonly reasons: readonly { readonly code: string; readonly detail: string }[];
}
const logicalTopics = ['SALES', 'LEADS', 'SENTIMENT', 'CAMPAIGNS', 'COMPETITORS'] as const;

const order = (id: string, version = 1) => ({
  ...{ specversion: '1.0', id: `${id}-${version}`, source: '/test/logs', type: 'sales.order.paid', time: new Date().toISOString() },
  data: {
    orderId: id,
    version,
    buyerId: `B-${id}`,
    channel: '京东',
    region: '华北',
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
  },
});
const orders = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => order(`${prefix}${n}`));
const messages = (events: readonly object[]) => events.map((event) => ({ key: 'k', value: JSON.stringify(event) }));

const stateOf = async (room: WarRoom): Promise<State> => (await fetch(`${room.url}/readyz`)).json() as Promise<State>;
const codes = (state: State) => state.reasons.map(({ code }) => code);
async function stands(room: WarRoom, what: string, holds: (state: State) => boolean, withinMs = 30_000): Promise<State> {
  let last: State | undefined;
  try {
    return await eventually(what, async () => (holds((last = await stateOf(room))) ? last : undefined), withinMs);
  } catch (error) {
    throw new Error(`${String(error)}; it is ${JSON.stringify(last)}`, { cause: error });
  }
}
/** Net sales of the year, in minor units, as everybody may ask for them. */
async function netSales(room: WarRoom): Promise<number> {
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
  const { values } = await room.get<{ values: readonly { value: number | null }[] }>(
    `/api/kpis?kpi=net_sales&grain=year&period=${String(year)}`,
  );
  return values[0]?.value ?? 0;
}

describeWithKafka('logs of Apache Kafka as a server reads them', () => {
  let broker: KafkaBroker;
  let plain: PlainKafka;
  const rooms: WarRoom[] = [];
  beforeAll(async () => {
    broker = await startKafka();
    plain = await plainKafka(broker.brokers);
  });
  afterEach(async () => {
    await Promise.all(rooms.splice(0).map((room) => room.dispose()));
  });
  afterAll(async () => {
    await plain.close();
    await broker.stop();
  });

  /** Five fresh topics, and the settings that name them. */
  async function freshTopics(partitions = 1): Promise<{ sales: string; env: Record<string, string> }> {
    const id = randomUUID();
    const name = (topic: string) => `${topic.toLowerCase()}-${id}`;
    for (const topic of logicalTopics) await plain.createTopic(name(topic), partitions);
    const topics = Object.fromEntries(logicalTopics.map((topic) => [`KAFKA_TOPIC_${topic}`, name(topic)]));
    return { sales: name('SALES'), env: { KAFKA_BROKERS: broker.brokers.join(','), KAFKA_GROUP_ID: id, ...topics } };
  }
  async function started(env: Record<string, string>): Promise<WarRoom> {
    const room = await warRoom({ env });
    rooms.push(room);
    await room.start();
    return room;
  }
  async function made(anew: string, events: readonly object[]): Promise<void> {
    await plain.admin.deleteTopics({ topics: [anew] });
    await eventually('the topic is gone', async () => ((await plain.admin.listTopics()).includes(anew) ? undefined : true), 15_000);
    // The client may still know the old topic; what is sent twice is a repeat to the server.
    await eventually('the topic is there', async () => (await plain.admin.createTopics({ topics: [{ topic: anew }] })) || true, 15_000);
    await eventually('its records are there', async () => plain.send(anew, messages(events)).then(() => true), 15_000);
  }

  it.each([
    ['shorter', 2],
    ['equally long', 4],
    ['longer', 9],
  ])(
    '[I3] a topic made anew, %s, while the server was stopped: counted from its start, reported until acknowledged',
    async (_, count) => {
      const { sales, env } = await freshTopics();
      const room = await started(env);
      await plain.send(sales, messages(orders('old', 4)));
      await stands(room, 'the old topic is read', ({ ready, consumed }) => ready && consumed['applied'] === 4);
      await room.kill('SIGTERM');
      await made(sales, orders('new', count));

      await room.start();
      const state = await stands(room, 'the new topic is read', ({ consumed, lag }) => lag === 0 && consumed['applied'] === count);
      expect(codes(state)).toEqual(['gap']);
      expect(state.reasons[0]?.detail).toContain(sales);
      expect(await netSales(room)).toBe((4 + count) * 100);

      // A restart forgets nothing, and does not read everything once more.
      await room.kill('SIGKILL');
      await room.start();
      const after = await stands(room, 'red after a restart', (now) => codes(now).includes('gap'));
      expect(after.consumed['duplicate']).toBe(0);
      await room.send('POST', '/api/sources/resume', { actor: '周屿' });
      await stands(room, 'acknowledged', ({ ready }) => ready);
      await room.kill('SIGTERM');
      await room.start();
      await stands(room, 'ready after another restart', ({ ready }) => ready);
    },
    180_000,
  );

  it('[I3] a topic made anew while the server runs: counted from its start, repeats are no-ops', async () => {
    const { sales, env } = await freshTopics();
    const room = await started(env);
    const old = orders('old', 3);
    await plain.send(sales, messages(old));
    await stands(room, 'the old topic is read', ({ ready, consumed }) => ready && consumed['applied'] === 3);
    await made(sales, [...old, ...orders('new', 4)]);
    const state = await stands(room, 'the new topic is read', ({ consumed, lag }) => lag === 0 && consumed['applied'] === 7, 60_000);
    expect(codes(state)).toContain('gap');
    expect(await netSales(room)).toBe(700);
    // What comes now is read on.
    await plain.send(sales, messages(orders('next', 2)));
    await stands(room, 'the next are read', ({ consumed }) => consumed['applied'] === 9);
  }, 180_000);

  it('[I15] two stores in one group: both are red and say why; one leaves, the other reads everything', async () => {
    const { sales, env } = await freshTopics(2);
    const first = await started(env);
    await stands(first, 'alone and ready', ({ ready }) => ready);
    const second = await started(env);
    for (const room of [first, second]) {
      const state = await stands(room, 'the other store is noticed', (now) => codes(now).includes('foreign_group_member'));
      expect(state.ready).toBe(false);
      expect(state.reasons.find(({ code }) => code === 'foreign_group_member')?.detail).toContain('KAFKA_GROUP_ID');
    }
    const events = orders('half', 12);
    await plain.send(
      sales,
      events.map((event, n) => ({ key: `k${n}`, value: JSON.stringify(event) })),
    );
    await second.kill('SIGTERM');
    const alone = await stands(first, 'all of it is counted', ({ ready, consumed }) => ready && consumed['applied'] === 12, 60_000);
    expect(alone.reasons).toEqual([]);
    expect(await netSales(first)).toBe(1_200);
  }, 180_000);

  it('[I15] a copy of the store in the same group is noticed too, and so is another program', async () => {
    const { env } = await freshTopics(2);
    const first = await started(env);
    await stands(first, 'alone and ready', ({ ready }) => ready);
    await first.kill('SIGTERM');
    const copied = mkdtempSync(path.join(tmpdir(), 'warroom-copy-'));
    cpSync(first.dataDir, copied, { recursive: true });
    const second = await warRoom({ env, dataDir: copied });
    rooms.push(second);
    await Promise.all([first.start(), second.start()]);
    for (const room of [first, second]) {
      const state = await stands(room, 'the copy is noticed', (now) => codes(now).includes('foreign_group_member'), 60_000);
      expect(state.reasons.find(({ code }) => code === 'foreign_group_member')?.detail).toContain('a copy of this store');
    }
    await second.kill('SIGKILL');
    await stands(first, 'alone again', ({ ready }) => ready, 60_000);

    const stranger = new kafkajs.Kafka({ brokers: broker.brokers, clientId: 'reporting', logLevel: kafkajs.logLevel.NOTHING }).consumer({
      groupId: env['KAFKA_GROUP_ID'] ?? '',
    });
    await stranger.connect();
    await stranger.subscribe({ topics: [env['KAFKA_TOPIC_SALES'] ?? ''] });
    await stranger.run({ eachMessage: () => Promise.resolve() });
    const state = await stands(first, 'the stranger is noticed', (now) => codes(now).includes('foreign_group_member'), 60_000);
    expect(state.reasons[0]?.detail).toContain('reporting');
    await stranger.disconnect();
    await stands(first, 'alone once more', ({ ready }) => ready, 60_000);
    await second.dispose();
    rmSync(copied, { recursive: true, force: true });
  }, 240_000);

  it('[I15] a program that shares partitions in a way of its own is reported, and the server goes on when it is gone', async () => {
    const { env } = await freshTopics();
    const ranged = (config: Parameters<typeof kafkajs.PartitionAssigners.roundRobin>[0]) => {
      const inTurn = kafkajs.PartitionAssigners.roundRobin(config);
      const name = 'range';
      return { ...inTurn, name, protocol: (topics: { topics: string[] }) => ({ ...inTurn.protocol(topics), name }) };
    };
    const stranger = new kafkajs.Kafka({ brokers: broker.brokers, clientId: 'range', logLevel: kafkajs.logLevel.NOTHING }).consumer({
      groupId: env['KAFKA_GROUP_ID'] ?? '',
      partitionAssigners: [ranged],
    });
    const joined = new Promise((resolve) => stranger.on('consumer.group_join', resolve));
    await stranger.connect();
    await stranger.subscribe({ topics: [env['KAFKA_TOPIC_LEADS'] ?? ''] });
    await stranger.run({ eachMessage: () => Promise.resolve() });
    await joined;
    const room = await started(env);
    await stands(room, 'the stranger is reported', (state) => codes(state).includes('foreign_group_member'));
    await stranger.disconnect();
    await stands(room, 'alone', ({ ready }) => ready);
  }, 120_000);

  it('[I9] a topic that is no longer named and not read to its end is reported', async () => {
    const { sales, env } = await freshTopics();
    const room = await started(env);
    await plain.send(sales, messages(orders('read', 2)));
    await stands(room, 'read', ({ ready, consumed }) => ready && consumed['applied'] === 2);
    await room.kill('SIGKILL');
    await plain.send(sales, messages(orders('unread', 3)));
    const other = `other-${sales}`;
    await plain.createTopic(other);
    const renamed = await warRoom({ env: { ...env, KAFKA_TOPIC_SALES: other }, dataDir: room.dataDir });
    rooms.push(renamed);
    await renamed.start();
    const left = await stands(renamed, 'reported', (state) => codes(state).includes('events_in_unused_log'));
    expect(left.reasons.find(({ code }) => code === 'events_in_unused_log')?.detail).toContain(sales);
    await renamed.kill('SIGTERM');
    await room.start();
    await stands(room, 'read on', ({ ready, consumed }) => ready && consumed['applied'] === 3);
  }, 120_000);

  it('[I3] a topic made anew with fewer partitions while the server runs, twice', async () => {
    const { sales, env } = await freshTopics(3);
    const room = await started(env);
    await plain.send(
      sales,
      orders('wide', 9).map((event, n) => ({ key: `k${n}`, value: JSON.stringify(event) })),
    );
    await stands(room, 'three partitions are read', ({ ready, consumed }) => ready && consumed['applied'] === 9);
    await made(sales, orders('narrow', 5));
    await stands(room, 'the one partition is read', ({ consumed, lag }) => lag === 0 && consumed['applied'] === 14, 60_000);
    await made(sales, orders('again', 5));
    const state = await stands(room, 'and once more', ({ consumed, lag }) => lag === 0 && consumed['applied'] === 19, 60_000);
    expect(codes(state)).toEqual(['gap']);
    expect(await netSales(room)).toBe(1_900);
  }, 180_000);

  it('records of an open transaction are lag until it ends', async () => {
    const { sales, env } = await freshTopics();
    const room = await started(env);
    await stands(room, 'ready', ({ ready, lag }) => ready && lag === 0);
    const producer = await transactionalProducer(broker.brokers, randomUUID());
    const transaction = await producer.transaction();
    await transaction.send({ topic: sales, messages: messages(orders('open', 3)) });
    await plain.send(sales, messages(orders('behind', 5)));
    const state = await stands(room, 'they are lag', ({ lag }) => lag === 8);
    expect(state.consumed['applied']).toBe(0);
    await transaction.commit();
    await stands(room, 'all are counted', ({ lag, consumed }) => lag === 0 && consumed['applied'] === 8);
    await producer.disconnect();
  }, 120_000);

  it('reads new partitions within ten seconds', async () => {
    const { sales, env } = await freshTopics();
    const room = await started(env);
    await stands(room, 'ready', ({ ready }) => ready);
    await plain.admin.createPartitions({ topicPartitions: [{ topic: sales, count: 3 }] });
    const began = performance.now();
    await eventually(
      'the new partition takes a record',
      async () => {
        await plain.producer.send({ topic: sales, acks: -1, messages: messages(orders('p', 2)).map((m) => ({ ...m, partition: 2 })) });
        return true;
      },
      10_000,
    );
    await stands(room, 'the new partition is read', ({ consumed }) => (consumed['applied'] ?? 0) >= 2);
    process.stdout.write(`new partition read after ${Math.round(performance.now() - began)} ms\n`);
  }, 120_000);

  it('[I9] what the embedded log has accepted is folded before Kafka is read', async () => {
    const { sales, env } = await freshTopics();
    const room = await warRoom({ env });
    rooms.push(room);
    const embedded = await warRoom({ dataDir: room.dataDir });
    rooms.push(embedded);
    await embedded.start();
    const batches = 12;
    for (let batch = 0; batch < batches; batch += 1) {
      const answer = await embedded.send('POST', '/api/events', orders(`left${batch}-`, 500), 'application/cloudevents-batch+json');
      expect(answer.status).toBe(202);
    }
    await embedded.kill('SIGKILL');
    const events = batches * 500;
    await plain.send(sales, messages(orders('kafka', 7)));
    await room.start();
    const state = await stands(room, 'both logs are counted', ({ ready, lag }) => ready && lag === 0, 60_000);
    expect(state.reasons).toEqual([]);
    expect(await netSales(room)).toBe((events + 7) * 100);
  }, 180_000);

  it('[I9] Kafka left with a kill is reported until it is read on or acknowledged; left at its end it is not', async () => {
    const { sales, env } = await freshTopics();
    const kafka = await started(env);
    await stands(kafka, 'ready', ({ ready, lag }) => ready && lag === 0);
    await kafka.kill('SIGKILL');
    await plain.send(sales, messages(orders('unread', 4)));
    const embedded = await warRoom({ dataDir: kafka.dataDir });
    rooms.push(embedded);
    await embedded.start();
    const left = await stands(embedded, 'reported', (state) => codes(state).includes('events_in_unused_log'));
    expect(left.reasons.find(({ code }) => code === 'events_in_unused_log')?.detail).toContain('KAFKA_BROKERS');
    await embedded.kill('SIGTERM');

    await kafka.start();
    await stands(kafka, 'read on', ({ ready, consumed }) => ready && consumed['applied'] === 4);
    await kafka.kill('SIGTERM');
    await embedded.start();
    await stands(embedded, 'nothing is left', ({ ready, reasons }) => ready && reasons.length === 0);
  }, 180_000);
});
