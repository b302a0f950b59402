/** Who else is in the group: another store, a copy of this one, another program. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import kafkajs from 'kafkajs';
import { expect, it } from 'vitest';
import { kafkaRooms, codes, netSales, orders, stands } from '../helpers/kafka-rooms.ts';
import { warRoom } from '../helpers/war-room.ts';
import { describeWithKafka } from '../helpers/with-kafka.ts';

describeWithKafka('groups of Apache Kafka that a server is in', () => {
  const { broker, freshTopics, plain, rooms, started } = kafkaRooms();

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
    await plain().send(
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

    const stranger = new kafkajs.Kafka({ brokers: broker().brokers, clientId: 'reporting', logLevel: kafkajs.logLevel.NOTHING }).consumer({
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
    const stranger = new kafkajs.Kafka({ brokers: broker().brokers, clientId: 'range', logLevel: kafkajs.logLevel.NOTHING }).consumer({
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
});
