/** Topics made anew at a broker that gives them no id, as before Kafka 2.8: a record that was read tells them apart [I3]. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { KafkaLog } from '../../../server/adapters/kafka/kafka-log.ts';
import type { KafkaBroker } from '../../helpers/kafka-broker.ts';
import { startKafkaBeforeTopicIds } from '../../helpers/kafka-before-topic-ids.ts';
import { plainKafka, type PlainKafka } from '../../helpers/kafka-client.ts';
import { eventually } from '../../helpers/war-room.ts';
import { describeWithKafka } from '../../helpers/with-kafka.ts';
import { KafkaRig } from './kafka-rig.ts';
import { RecordingHandler, until } from './recording-handler.ts';

const numbers = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const bound = /^record \d+ \S+$/;

describeWithKafka('topics of a Kafka without topic ids', () => {
  let broker: KafkaBroker;
  let plain: PlainKafka;
  const rig = new KafkaRig();
  beforeAll(async () => {
    broker = await startKafkaBeforeTopicIds();
    plain = await plainKafka(broker.brokers);
  });
  afterEach(() => rig.close());
  afterAll(async () => {
    await plain.close();
    await broker.stop();
  });

  const send = (topic: string, values: readonly string[]) =>
    plain.send(
      topic,
      values.map((value) => ({ value })),
    );
  async function made(topic: string): Promise<void> {
    await plain.admin.deleteTopics({ topics: [topic] });
    await eventually('the topic is gone', async () => ((await plain.admin.listTopics()).includes(topic) ? undefined : true), 60_000);
    await eventually('the topic is there', () => plain.createTopic(topic).then(() => true), 60_000);
  }
  const sent = (topic: string, values: readonly string[]) =>
    eventually('its records are there', () => send(topic, values).then(() => true), 60_000);
  function running(handler: RecordingHandler, name?: string): { log: KafkaLog; name: string } {
    const opened = rig.log(broker.brokers, name === undefined ? {} : { topics: { sales: name } });
    void rig.run(opened.log, handler);
    return opened;
  }
  /** A topic of so many records that was read to its end by a consumer that is stopped again. */
  async function readOnce(count: number): Promise<{ handler: RecordingHandler; topic: string }> {
    const handler = new RecordingHandler();
    const { log, name } = rig.log(broker.brokers);
    await plain.createTopic(name);
    await send(name, numbers(count, 'old'));
    void rig.run(log, handler);
    await handler.has(count);
    await until(() => bound.test(handler.logId(name) ?? ''), 'a bound position');
    await log.close();
    return { handler, topic: name };
  }

  it.each([
    ['shorter', 2],
    ['equally long', 4],
    ['longer', 9],
  ])(
    'made anew, %s, while nobody read: read from its start, with a gap',
    async (_, count) => {
      const { handler, topic } = await readOnce(4);
      await made(topic);
      await sent(topic, numbers(count, 'new'));
      const { log } = running(handler, topic);
      await handler.has(4 + count);
      expect(handler.values()).toEqual([...numbers(4, 'old'), ...numbers(count, 'new')]);
      expect(handler.gaps).toEqual([{ topic, partition: 0, expected: 4, oldest: 0, cause: 'new_log' }]);
      expect(log.consumer.health()).toMatchObject({ state: 'gap', reason: 'gap' });
    },
    60_000,
  );

  it('made anew while it is read, and filled past our offset at once', async () => {
    const { handler, topic } = await readOnce(3);
    running(handler, topic);
    await sent(topic, ['old3']);
    await handler.has(4);
    await until(() => handler.logId(topic)?.startsWith('record 3 ') ?? false, 'a position bound to the last record');
    await made(topic);
    await sent(topic, numbers(30, 'new'));
    await until(() => handler.gaps.length > 0, 'a gap', 60_000);
    await until(() => numbers(30, 'new').every((value) => handler.values().includes(value)), 'all records of the new topic', 60_000);
    expect(handler.gaps).toMatchObject([{ topic, oldest: 0, cause: 'new_log' }]);
  }, 120_000);

  it('the same topic is read on after a restart, also when retention has removed what tells it', async () => {
    const { handler, topic } = await readOnce(5);
    await send(topic, numbers(5, 'later'));
    const again = running(handler, topic);
    await handler.has(10);
    await again.log.close();
    await send(topic, ['last']);
    await plain.deleteRecords(topic, 10);
    running(handler, topic);
    await handler.has(11);
    expect(handler.values()).toEqual([...numbers(5, 'old'), ...numbers(5, 'later'), 'last']);
    expect(handler.gaps).toEqual([]);
  }, 60_000);

  it('a topic that was empty when it was made anew has lost nothing', async () => {
    const handler = new RecordingHandler();
    const { log, name } = rig.log(broker.brokers);
    await plain.createTopic(name);
    void rig.run(log, handler);
    await until(() => handler.offsets.get(`${name}/0`)?.nextOffset === 0, 'read up to 0');
    await log.close();
    await made(name);
    await sent(name, ['new']);
    running(handler, name);
    await handler.has(1);
    expect(handler.gaps).toEqual([]);
  }, 60_000);
});
