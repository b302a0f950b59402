/** What only Kafka's records have: compressions, tombstones, headers, transactions, compaction, and logs that lose their beginning. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { codecs, type CompressionName } from '../../../server/adapters/kafka/codec/codecs.ts';
import { startKafka, type KafkaBroker } from '../../helpers/kafka-broker.ts';
import { plainKafka, transactionalProducer, type PlainKafka } from '../../helpers/kafka-client.ts';
import { describeWithKafka } from '../../helpers/with-kafka.ts';
import { KafkaRig } from './kafka-rig.ts';
import { RecordingHandler, until } from './recording-handler.ts';

describeWithKafka('records of Apache Kafka', () => {
  const rig = new KafkaRig();
  let broker: KafkaBroker;
  let plain: PlainKafka;
  beforeAll(async () => {
    broker = await startKafka();
    plain = await plainKafka(broker.brokers);
  });
  afterEach(() => rig.close());
  afterAll(async () => {
    await plain.close();
    await broker.stop();
  });
  const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `v${from + index}`);

  it.each(Object.keys(codecs) as CompressionName[])(
    'reads what is produced in %s, and what the broker itself has compressed so',
    async (name) => {
      const values = numbers(2_000).map((v) => `${v} ${'0123456789'.repeat(20)}`);
      const produced = rig.log(broker.brokers, { compression: name });
      await plain.createTopic(produced.name);
      const handler = new RecordingHandler();
      void rig.run(produced.log, handler);
      await produced.log.producer.append(values.map((value) => ({ topic: 'sales', key: 'k', value: Buffer.from(value) })));
      await handler.has(values.length);
      expect(handler.values()).toEqual(values);

      // The topic's own setting makes the broker compress anew, in its Java libraries' framing.
      const converted = rig.log(broker.brokers);
      await plain.createTopic(converted.name, 1, { 'compression.type': name });
      const second = new RecordingHandler();
      void rig.run(converted.log, second);
      await converted.log.producer.append(values.map((value) => ({ topic: 'sales', key: 'k', value: Buffer.from(value) })));
      await second.has(values.length);
      expect(second.values()).toEqual(values);
    },
  );

  it.each(Object.keys(codecs) as CompressionName[])(
    '[I13] a %s batch that inflates beyond the limit becomes one record too large; its neighbours pass',
    async (name) => {
      const { log, name: topic } = rig.log(broker.brokers);
      await plain.createTopic(topic, 1, { 'max.message.bytes': '10000000' });
      await plain.send(topic, [{ key: 'a', value: 'before' }], name);
      const bomb = Buffer.alloc(9_000_000, 'x');
      await plain.send(
        topic,
        [bomb, bomb, bomb, bomb].map((value) => ({ key: 'b', value })),
        name,
      );
      await plain.send(topic, [{ key: 'a', value: 'after' }], name);
      const handler = new RecordingHandler();
      void rig.run(log, handler);
      await handler.has(3);
      const [before, standIn, after] = handler.taken;
      expect([before?.offset, standIn?.offset, after?.offset]).toEqual([0, 1, 5]);
      expect(Buffer.from(after?.value ?? '').toString()).toBe('after');
      expect(standIn?.value?.length).toBeGreaterThan(256 * 1024);
      expect(standIn?.headers['warroom-unread']).toContain('batch of 4 records');
      expect(log.consumer.health().state).toBe('running');
    },
  );

  it('hands over tombstones as null and headers as text', async () => {
    const { log, name: topic } = rig.log(broker.brokers);
    await plain.createTopic(topic);
    await plain.send(topic, [
      { key: 'gone', value: null },
      { key: 'k', value: '{}', headers: { ce_type: 'sales.order.paid', ce_id: Buffer.from('订单-1'), twice: ['a', 'b'], __proto__x: 'y' } },
    ]);
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await handler.has(2);
    expect(handler.taken[0]).toMatchObject({ value: null });
    expect({ ...handler.taken[1]?.headers }).toEqual({ ce_type: 'sales.order.paid', ce_id: '订单-1', twice: 'b', __proto__x: 'y' });
  });

  it('[I12] skips transaction markers and aborted records without calling it a gap, and its lag comes to nothing', async () => {
    const { log, name: topic } = rig.log(broker.brokers, { timing: { stallMs: 3_000 } });
    await plain.createTopic(topic);
    const producer = await transactionalProducer(broker.brokers, topic);
    rig.later(() => producer.disconnect());
    const handler = new RecordingHandler();
    const run = rig.run(log, handler);
    let ended = false;
    run.then(
      () => (ended = true),
      () => (ended = true),
    );
    for (const fate of ['commit', 'abort', 'commit', 'abort'] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ key: 'k', value: `${fate}ted` }] });
      await transaction[fate]();
      // Each on its own fetch: markers and aborted records then come without a record of ours beside them.
      await sleep(500);
    }
    await handler.has(2);
    await until(
      () => log.consumer.health().lag === 0,
      'no lag',
      60_000,
      () => `${log.consumer.health().lag}`,
    );
    await sleep(4_000);
    expect(ended).toBe(false);
    expect(handler.values()).toEqual(['committed', 'committed']);
    expect(handler.gaps).toEqual([]);
  });

  it('[I12] writes a gap and turns red when the broker lost our next offset while we were away', async () => {
    const { log, name: topic } = rig.log(broker.brokers);
    await plain.createTopic(topic);
    await plain.send(
      topic,
      numbers(10).map((value) => ({ value })),
    );
    await plain.deleteRecords(topic, 6);
    const handler = new RecordingHandler();
    handler.offsets.set(`${topic}/0`, { epoch: 1, nextOffset: 2 });
    void rig.run(log, handler);
    await handler.has(4);
    expect(handler.gaps).toEqual([{ topic, partition: 0, expected: 2, oldest: 6, cause: 'lost' }]);
    expect(handler.values()).toEqual(numbers(4, 6));
    expect(log.consumer.health()).toMatchObject({ state: 'gap', reason: 'gap' });
    expect(log.consumer.health().detail).toContain('4 records');
  });

  it('[I12] notices when the log’s start passes us while we stand still', async () => {
    const { log, name: topic } = rig.log(broker.brokers);
    await plain.createTopic(topic);
    await plain.send(topic, [{ value: 'v0' }]);
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await handler.has(1);
    log.consumer.pause(topic, 'too_many_bad', 'test');
    await plain.send(
      topic,
      numbers(9, 1).map((value) => ({ value })),
    );
    await plain.deleteRecords(topic, 5);
    await until(
      () => log.consumer.health().lag === 9,
      'a lag of 9',
      60_000,
      () => `${log.consumer.health().lag}`,
    );
    log.consumer.resume(topic);
    await handler.has(6);
    expect(handler.gaps).toEqual([{ topic, partition: 0, expected: 1, oldest: 5, cause: 'lost' }]);
    expect(handler.values()).toEqual(['v0', ...numbers(5, 5)]);
    expect(log.consumer.health().state).toBe('gap');
  });

  it('[I12] reads a log that ends below our offset from its start, because its next records would pass as known', async () => {
    const { log, name: topic } = rig.log(broker.brokers);
    await plain.createTopic(topic);
    await plain.send(
      topic,
      numbers(3).map((value) => ({ value })),
    );
    const handler = new RecordingHandler();
    handler.offsets.set(`${topic}/0`, { epoch: 1, nextOffset: 100 });
    void rig.run(log, handler);
    await handler.has(3);
    expect(handler.gaps).toEqual([{ topic, partition: 0, expected: 100, oldest: 0, cause: 'new_log' }]);
    expect(log.consumer.health()).toMatchObject({ state: 'gap', detail: expect.stringContaining('made anew or cut short') as string });
  });

  it('[I2] shows lag tools what is stored, and reads none of it back', async () => {
    const { log, name: topic } = rig.log(broker.brokers);
    await plain.createTopic(topic);
    await plain.send(
      topic,
      numbers(7).map((value) => ({ value })),
    );
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await handler.has(7);
    await log.close();
    const [offsets] = await plain.admin.fetchOffsets({ groupId: topic, topics: [topic] });
    expect(offsets?.partitions).toMatchObject([{ partition: 0, offset: '7' }]);

    // A store restored from a backup stands behind the group; it is the one that counts.
    const restored = new RecordingHandler();
    restored.offsets.set(`${topic}/0`, { epoch: 3, nextOffset: 5 });
    const again = rig.log(broker.brokers, { topics: { sales: topic }, timing: { pollMs: 60_000 } });
    void rig.run(again.log, restored);
    await restored.has(2);
    expect(restored.values()).toEqual(numbers(2, 5));
  });
});
