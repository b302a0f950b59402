/** Whose log is read: topics made anew, open transactions, new partitions, and the log that was left. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { transactionalProducer } from '../helpers/kafka-client.ts';
import { kafkaRooms, codes, messages, netSales, orders, stands, type State } from '../helpers/kafka-rooms.ts';
import { eventually, warRoom } from '../helpers/war-room.ts';
import { describeWithKafka } from '../helpers/with-kafka.ts';

describeWithKafka('logs of Apache Kafka as a server reads them', () => {
  const { broker, freshTopics, made, plain, rooms, started } = kafkaRooms();

  it.each([
    ['shorter', 2],
    ['equally long', 4],
    ['longer', 9],
  ])(
    '[I3] a topic made anew, %s, while the server was stopped: counted from its start, reported until acknowledged',
    async (_, count) => {
      const { sales, env } = await freshTopics();
      const room = await started(env);
      await plain().send(sales, messages(orders('old', 4)));
      await stands(room, 'the old topic is read', ({ ready, consumed }) => ready && consumed['applied'] === 4);
      await room.kill('SIGTERM');
      await made(sales, orders('new', count));

      await room.start();
      // The ledger may still be opening, which is a reason of its own that passes.
      const read = (now: State): boolean => now.lag === 0 && now.consumed['applied'] === count && !codes(now).includes('ledger_rebuilding');
      const state = await stands(room, 'the new topic is read', read);
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
    await plain().send(sales, messages(old));
    await stands(room, 'the old topic is read', ({ ready, consumed }) => ready && consumed['applied'] === 3);
    await made(sales, [...old, ...orders('new', 4)]);
    // Records behind the old position may be read before the broker is asked for the id of the topic, which tells the gap.
    const read = (state: State): boolean => state.lag === 0 && state.consumed['applied'] === 7;
    await stands(room, 'the new topic is read and the gap told', (state) => read(state) && codes(state).includes('gap'), 60_000);
    expect(await netSales(room)).toBe(700);
    // What comes now is read on.
    await plain().send(sales, messages(orders('next', 2)));
    await stands(room, 'the next are read', ({ consumed }) => consumed['applied'] === 9);
  }, 180_000);

  it('[I9] a topic that is no longer named and not read to its end is reported', async () => {
    const { sales, env } = await freshTopics();
    const room = await started(env);
    await plain().send(sales, messages(orders('read', 2)));
    await stands(room, 'read', ({ ready, consumed }) => ready && consumed['applied'] === 2);
    await room.kill('SIGKILL');
    await plain().send(sales, messages(orders('unread', 3)));
    const other = `other-${sales}`;
    await plain().createTopic(other);
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
    await plain().send(
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
    const producer = await transactionalProducer(broker().brokers, randomUUID());
    const transaction = await producer.transaction();
    await transaction.send({ topic: sales, messages: messages(orders('open', 3)) });
    await plain().send(sales, messages(orders('behind', 5)));
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
    await plain().admin.createPartitions({ topicPartitions: [{ topic: sales, count: 3 }] });
    const began = performance.now();
    await eventually(
      'the new partition takes a record',
      async () => {
        await plain().producer.send({ topic: sales, acks: -1, messages: messages(orders('p', 2)).map((m) => ({ ...m, partition: 2 })) });
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
    await plain().send(sales, messages(orders('kafka', 7)));
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
    await plain().send(sales, messages(orders('unread', 4)));
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
