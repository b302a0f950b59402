/** What goes wrong around a Kafka source, and how it comes back alone or ends loudly. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { KafkaLog } from '../../../server/adapters/kafka/kafka-log.ts';
import { Unavailable } from '../../../server/pipeline/ports/errors.ts';
import { startKafka, type KafkaBroker } from '../../helpers/kafka-broker.ts';
import { plainKafka, type PlainKafka } from '../../helpers/kafka-client.ts';
import { freePort } from '../../helpers/ports.ts';
import { startTcpProxy, type TcpProxy } from '../../helpers/tcp-proxy.ts';
import { rounds } from '../../helpers/long-form.ts';
import { describeWithKafka } from '../../helpers/with-kafka.ts';
import { KafkaRig, memberTiming } from './kafka-rig.ts';
import { RecordingHandler, until } from './recording-handler.ts';

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `v${from + index}`);
const append = (log: KafkaLog, values: readonly string[], key = 'k') =>
  log.producer.append(values.map((value) => ({ topic: 'sales', key, value: Buffer.from(value) })));
const health = (log: KafkaLog) => JSON.stringify(log.consumer.health());
const running = (log: KafkaLog, timeoutMs = 60_000) =>
  until(
    () => log.consumer.health().state === 'running',
    'a running source',
    timeoutMs,
    () => health(log),
  );

/** Appends until taken, as a client that heeds Retry-After would. */
async function appendPersistently(log: KafkaLog, value: string): Promise<void> {
  for (;;) {
    try {
      return await append(log, [value]);
    } catch (error) {
      expect(error).toMatchObject({ name: 'Unavailable' });
      await sleep(300);
    }
  }
}

describeWithKafka('outages of Apache Kafka', () => {
  const rig = new KafkaRig();
  let broker: KafkaBroker;
  let proxy: TcpProxy;
  let plain: PlainKafka;
  let advertised: string[];
  beforeAll(async () => {
    const port = await freePort();
    proxy = await startTcpProxy(port);
    broker = await startKafka({ port, advertisedPort: proxy.port });
    advertised = [`127.0.0.1:${proxy.port}`];
    plain = await plainKafka(advertised);
  });
  afterEach(async () => {
    proxy.restore();
    proxy.rewriteAnswers(undefined);
    await rig.close();
  });
  afterAll(async () => {
    await plain.close();
    await broker.stop();
    await proxy.stop();
  });

  it('has a connection ready for the first append once the group is joined', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    const prepare = vi.spyOn(log.producer, 'prepare');
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await running(log);
    expect(prepare).toHaveBeenCalled();
    await log.producer.prepare();
    // The library opens a connection of its own for fetches, which would be counted below if it came later.
    await plain.send(name, [{ value: 'fetched' }]);
    await handler.has(1);
    const before = proxy.accepted();
    await append(log, ['first']);
    expect(proxy.accepted()).toBe(before);
  });

  it('waits for topics that do not exist, names them, reads the others meanwhile, and takes them when they appear', async () => {
    const topics = { sales: `t-${randomUUID()}`, leads: `t-${randomUUID()}` };
    await plain.createTopic(topics.sales);
    const { log } = rig.log(advertised, { topics });
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await append(log, ['there']);
    await handler.has(1);
    expect(log.consumer.health()).toMatchObject({ state: 'down', reason: 'topic_missing' });
    expect(log.consumer.health().detail).toContain(topics.leads);
    expect(log.consumer.health().detail).toContain('npm run warroom -- topics create');
    await expect(log.producer.append([{ topic: 'leads', key: 'k', value: Buffer.from('x') }])).rejects.toMatchObject({
      name: 'Unavailable',
      code: 'topic_missing',
    });
    expect(await log.topics.createTopics()).toEqual([topics.leads]);
    await running(log);
    await log.producer.append([{ topic: 'leads', key: 'k', value: Buffer.from('later') }]);
    await handler.has(2);
    expect(handler.values()).toEqual(['there', 'later']);
    expect((await log.topics.describe()).map(({ topic, records }) => [topic, records])).toEqual([
      ['sales', 1],
      ['leads', 1],
    ]);
  });

  it('a broker that is down at start: red with its reason, appends refused quickly, up alone within 10 s', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    proxy.cut();
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await until(
      () => log.consumer.health().reason === 'broker_unreachable',
      'red',
      5_000,
      () => health(log),
    );
    const before = performance.now();
    await expect(append(log, ['x'])).rejects.toMatchObject({ name: 'Unavailable', code: 'broker_unreachable' });
    expect(performance.now() - before).toBeLessThan(1_000);
    const attempts = proxy.accepted();
    await until(() => proxy.accepted() >= attempts + 3, 'three more attempts');
    proxy.restore();
    await running(log, 10_000);
    await append(log, ['after']);
    await handler.has(1);
  });

  it('a producer alone learns within 5 s that the broker is away, and then at once', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    await append(log, ['a']);
    proxy.hold();
    const before = performance.now();
    await expect(append(log, ['b'])).rejects.toMatchObject({ name: 'Unavailable', code: 'broker_unreachable' });
    expect(performance.now() - before).toBeLessThan(5_000);
    const again = performance.now();
    await expect(append(log, ['c'])).rejects.toMatchObject({ name: 'Unavailable' });
    expect(performance.now() - again).toBeLessThan(1_000);
    proxy.restore();
    await appendPersistently(log, 'd');
  });

  it('comes back after the broker was killed and started, again and again, with nothing lost and nothing twice', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    let sent = 0;
    for (let round = 0; round < rounds('OUTAGES', { short: 2, long: 10 }); round += 1) {
      for (let n = 0; n < 5; n += 1) await appendPersistently(log, `v${sent++}`);
      await handler.has(sent);
      await broker.kill('SIGKILL');
      await until(
        () => log.consumer.health().reason === 'broker_unreachable',
        'red',
        15_000,
        () => health(log),
      );
      await broker.restart();
      const back = performance.now();
      for (let n = 0; n < 5; n += 1) await appendPersistently(log, `v${sent++}`);
      await handler.has(sent, 30_000);
      expect(performance.now() - back).toBeLessThan(30_000);
      await running(log);
    }
    // Appending is at least once: a repeat differs in its offset, and the line knows it by its key and version.
    expect([...new Set(handler.values())]).toEqual(numbers(sent));
    expect(new Set(handler.taken.map(({ offset }) => offset)).size).toBe(handler.taken.length);
  });

  it('survives cut connections while a backlog is read', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    const filler = 'x'.repeat(2_000);
    for (let at = 0; at < 3_000; at += 300)
      await plain.send(
        name,
        numbers(300, at).map((v) => ({ value: `${v} ${filler}` })),
      );
    const handler = new RecordingHandler();
    handler.before = () => sleep(50);
    void rig.run(log, handler);
    for (let cut = 0; cut < 3; cut += 1) {
      await handler.has(1 + cut * 700, 30_000);
      proxy.cut();
      await sleep(200);
      proxy.restore();
    }
    await handler.has(3_000, 60_000);
    expect(handler.values().map((v) => v.split(' ')[0])).toEqual(numbers(3_000));
    await running(log);
  });

  it('turns red when the broker falls silent without closing, and green when it speaks again', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await running(log);
    proxy.hold();
    await until(
      () => log.consumer.health().reason === 'broker_unreachable',
      'red',
      10_000,
      () => health(log),
    );
    proxy.restore();
    await running(log);
    await append(log, ['alive']);
    await handler.has(1);
  });

  it('[I3] reads from its start a topic that was missing for a while and is made anew', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    await append(log, numbers(20));
    const handler = new RecordingHandler();
    void rig.run(log, handler);
    await handler.has(20);
    await plain.admin.deleteTopics({ topics: [name] });
    await until(
      () => log.consumer.health().reason === 'topic_missing',
      'missing',
      60_000,
      () => health(log),
    );
    await plain.createTopic(name);
    await plain.send(name, [{ value: 'new' }]);
    await handler.has(21);
    expect(handler.gaps).toEqual([{ topic: name, partition: 0, expected: 20, oldest: 0, cause: 'new_log' }]);
    expect(handler.values().at(-1)).toBe('new');
    expect(log.consumer.health().state).toBe('gap');
  });

  it('[I2] shares partitions with a second member and takes them back when it leaves', async () => {
    const name = `t-${randomUUID()}`;
    await plain.createTopic(name, 4);
    const handler = new RecordingHandler();
    const first = rig.log(advertised, { topics: { sales: name } }).log;
    void rig.run(first, handler);
    await running(first);
    const keyed = (round: string) =>
      first.producer.append(Array.from({ length: 40 }, (_, n) => ({ topic: 'sales', key: `k${n}`, value: Buffer.from(`${round}${n}`) })));
    // Appending is at least once: a repeat differs in its offset, and none is taken twice.
    const has = (count: number) => until(() => new Set(handler.values()).size === count, `${count} values`, 30_000);
    await keyed('a');
    await has(40);
    // The same handler: both members share one store, as nodes would.
    const second = rig.log(advertised, { topics: { sales: name }, groupId: name }).log;
    void rig.run(second, handler);
    await running(second);
    await until(
      () => second.consumer.health().lag !== null,
      'partitions of its own',
      60_000,
      () => health(second),
    );
    await keyed('b');
    await has(80);
    await second.close();
    await keyed('c');
    await has(120);
    expect(new Set(handler.taken.map(({ partition, offset }) => `${partition}/${offset}`)).size).toBe(handler.taken.length);
    expect(Math.min(...[...handler.offsets.values()].map(({ epoch }) => epoch))).toBeGreaterThan(2);
  });

  it('takes over from a killed process of the same store without waiting for its session to lapse', async () => {
    const name = `t-${randomUUID()}`;
    await plain.createTopic(name);
    const member = spawn(process.execPath, [
      fileURLToPath(new URL('./kafka-member.ts', import.meta.url)),
      advertised[0] ?? '',
      name,
      'store-1',
    ]);
    rig.later(() => Promise.resolve(member.kill('SIGKILL')));
    let said = '';
    member.stdout.on('data', (piece) => (said += String(piece)));
    await until(
      () => said.includes('running'),
      'the other process to read',
      60_000,
      () => said,
    );
    member.kill('SIGKILL');
    await once(member, 'exit');

    const { log } = rig.log(advertised, { topics: { sales: name }, storeId: 'store-1', timing: memberTiming });
    const handler = new RecordingHandler();
    const start = performance.now();
    void rig.run(log, handler);
    await append(log, ['next']);
    await handler.has(1, 30_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('[I14] ends when the broker’s answers cannot be read', async () => {
    const { log, name } = rig.log(advertised);
    await plain.createTopic(name);
    const handler = new RecordingHandler();
    const run = rig.run(log, handler);
    await running(log);
    // Lengths and correlation ids stay, everything after them is nonsense.
    proxy.rewriteAnswers((piece) => piece.fill(0xff, 8));
    await expect(run).rejects.toThrow(/^Kafka source cannot go on: /);
    expect(log.consumer.health()).toMatchObject({ state: 'down', reason: 'source_ended' });
  });

  it('[I14] ends, naming the partition, when records wait and none is taken', async () => {
    const { log, name } = rig.log(advertised, { timing: { stallMs: 3_000, sessionMs: 2_000 } });
    await plain.createTopic(name);
    const handler = new RecordingHandler();
    handler.before = () => new Promise(() => {});
    const run = rig.run(log, handler);
    await append(log, numbers(3));
    await expect(run).rejects.toThrow(`partition ${name}/0 has 3 records waiting and made no progress`);
  });

  it('[I9] does not end while it waits for the store, however long', async () => {
    const { log, name } = rig.log(advertised, { timing: { stallMs: 3_000, sessionMs: 2_000 } });
    await plain.createTopic(name);
    const handler = new RecordingHandler();
    const end = performance.now() + 7_000;
    handler.before = () => {
      if (performance.now() < end) throw new Unavailable('store_full', 'the disk is full');
    };
    const run = rig.run(log, handler);
    await append(log, numbers(3));
    await Promise.race([run, handler.has(3)]);
    expect(handler.values()).toEqual(numbers(3));
    expect(handler.assignments).toBe(1);
  });
});
