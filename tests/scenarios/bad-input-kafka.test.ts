/**
 * The list of bad input, produced to a real broker by a client that is not ours, each
 * beside good orders: it is kept with its reason, and every good one counts. And the breaker: a
 * topic gone bad stops with one alarm, and is let go on by people or by a restart.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KpiAnswer } from '../../shared/kpi/types.ts';
import type { QuarantineRow } from '../../server/pipeline/ports/reads.ts';
import type { Readiness } from '../../server/pipeline/services/services.ts';
import { startKafka, type KafkaBroker } from '../helpers/kafka-broker.ts';
import { plainKafka, type PlainKafka } from '../helpers/kafka-client.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { describeWithKafka } from '../helpers/with-kafka.ts';

const DAY = '2026-11-01';
const AMOUNT = 100;
const run = Date.now();
const topicNames = Object.fromEntries(
  ['SALES', 'LEADS', 'SENTIMENT', 'CAMPAIGNS', 'COMPETITORS'].map((t) => [`KAFKA_TOPIC_${t}`, `bad.${run}.${t}`]),
);
const sales = `bad.${run}.SALES`;

const line = { sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: AMOUNT };
const event = (type: string, id: string, data: Record<string, unknown>, change: Record<string, unknown> = {}) =>
  JSON.stringify({ specversion: '1.0', id, source: '/shop', type, time: `${DAY}T12:00:00+08:00`, data, ...change });
const order = (id: string, data: Record<string, unknown> = {}, change: Record<string, unknown> = {}) =>
  event('sales.order.paid', id, { orderId: id, version: 1, buyerId: 'b', channel: '天猫', region: '华东', lines: [line], ...data }, change);
const ahead = () => new Date(Date.now() + 3_600_000).toISOString();

type Case = readonly [name: string, record: () => string | Buffer, code: string, path?: string];
const cases: readonly Case[] = [
  ['not JSON', () => '{"id":"x",}', 'not_json'],
  ['not UTF-8', () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'bad_utf8'],
  ['wrong type of a field', () => order('w1', { version: '1' }), 'invalid_data', 'data.version'],
  ['missing field', () => order('w2', { buyerId: undefined }), 'invalid_data', 'data.buyerId'],
  ['unknown type', () => event('sales.order.lost', 'w3', {}), 'unknown_type', 'type'],
  ['5 MB', () => order('w4', { pad: 'x'.repeat(5_000_000) }), 'too_large'],
  ['nested 30,000 levels', () => `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'too_deep'],
  ['nested 100,000 levels', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too_large'],
  ['NUL', () => order('w5', { channel: 'a\u0000b' }), 'bad_text', 'data.channel'],
  ['lone surrogate', () => order('w6', { region: '\ud83d' }), 'bad_text', 'data.region'],
  ['1e400', () => order('w7').replace('"amount":100', '"amount":1e400'), 'not_finite'],
  ['negative quantity', () => order('w8', { lines: [{ ...line, quantity: -1 }] }), 'invalid_data', 'data.lines[0].quantity'],
  ['no offset in time', () => order('w9', {}, { time: `${DAY}T12:00:00` }), 'bad_time', 'time'],
  ['an hour ahead', () => order('w10', {}, { time: ahead() }), 'future_dated', 'time'],
  ['same id, other content', () => order('good-0', { channel: '京东' }), 'id_conflict'],
  ['__proto__', () => order('w11').replace('"version":1', '"version":1,"__proto__":{"polluted":true}'), 'forbidden_key'],
];

describeWithKafka('bad input over Kafka', () => {
  let broker: KafkaBroker;
  let kafka: PlainKafka;
  let room: WarRoom;
  let good = 0;
  const nextGood = () => order(`good-${good++}`);

  beforeAll(async () => {
    broker = await startKafka();
    kafka = await plainKafka(broker.brokers);
    for (const topic of Object.values(topicNames)) await kafka.createTopic(topic, 1, { 'max.message.bytes': '8000000' });
    room = await warRoom({ env: { KAFKA_BROKERS: broker.brokers.join(','), KAFKA_GROUP_ID: `bad-${run}`, ...topicNames } });
    await room.start();
  }, 90_000);
  afterAll(async () => {
    await room.dispose();
    await kafka.close();
    await broker.stop();
  });

  const readiness = () => fetch(`${room.url}/readyz`).then((r) => r.json() as Promise<Readiness>);
  const counted = (orders: number, less = 0) =>
    eventually(
      `${orders} orders are counted`,
      async () => {
        const { values } = await room.get<KpiAnswer>(`/api/kpis?grain=day&period=${DAY}&kpi=net_sales`);
        return values[0]?.value === orders * AMOUNT - less ? true : undefined;
      },
      60_000,
    );
  const newest = async () => (await room.get<{ rows: readonly QuarantineRow[] }>('/api/quarantine?limit=1')).rows[0];

  it.each(cases.map((one) => [one[0], one] as const))('[I9] %s is kept with its reason and harms nothing beside it', async (_name, one) => {
    const [, record, code, path] = one;
    await kafka.send(sales, [{ value: nextGood() }, { value: record() }, { value: nextGood() }]);
    await counted(good);
    expect(await newest()).toMatchObject({
      code,
      ...(path === undefined ? {} : { path }),
      state: 'open',
      position: expect.stringContaining(`kafka ${sales}/0@`),
    });
    expect((await readiness()).ready).toBe(true);
  });

  it('[I9] a record of which only the beginning was kept is not replayed, but can be discarded', async () => {
    const { rows } = await room.get<{ rows: readonly QuarantineRow[] }>('/api/quarantine?limit=100');
    const cut = rows.find((row) => row.length > 5_000_000);
    const kept = await fetch(`${room.url}/api/quarantine/${cut?.id}/raw`).then((r) => r.arrayBuffer());
    expect(kept.byteLength).toBe(65_536);
    const replay = await room.send('POST', `/api/quarantine/${cut?.id}/replay`, { actor: '林悦' });
    expect(replay).toMatchObject({ status: 422, body: { code: 'raw_cut' } });
    expect((await room.send('POST', `/api/quarantine/${cut?.id}/discard`, { actor: '林悦', reason: '太大' })).status).toBe(200);
  });

  it('tombstones are counted and nothing else', async () => {
    await kafka.send(sales, [{ key: 'good-0', value: null }, { value: nextGood() }]);
    await counted(good);
    expect((await readiness()).consumed.tombstone).toBe(1);
  });

  it('a refund of 200 % counts and is flagged', async () => {
    await kafka.send(sales, [
      { value: event('sales.order.refunded', 'r1', { refundId: 'r1', orderId: 'good-1', version: 1, amount: 2 * AMOUNT }) },
    ]);
    await counted(good, 2 * AMOUNT);
    expect(room.output()).toContain('"code":"over_refund"');
  });

  it('[I10] over 20 % bad of 500 stops the topic with one alarm; people, or a restart, let it go on, and every good order counts', async () => {
    const bad = () => ({ value: 'nope' });
    const flood = (n: number) => Array.from({ length: n }, (_, i) => (i % 3 === 0 ? bad() : { value: nextGood() }));
    const stopped = () =>
      eventually('the topic is stopped', async () => ((await readiness()).sources[0]?.state === 'stopped' ? true : undefined), 60_000);
    const alarms = () => room.output().match(/"code":"too_many_bad"/g)?.length ?? 0;

    await kafka.send(sales, flood(900));
    await stopped();
    expect(await readiness()).toMatchObject({ ready: false, reasons: [{ code: 'too_many_bad' }] });
    await kafka.send(sales, [{ value: nextGood() }]);
    expect(alarms()).toBe(1);

    expect(await room.send('POST', '/api/sources/resume', { actor: '林悦' })).toMatchObject({ status: 200, body: { resumed: ['sales'] } });
    await counted(good, 2 * AMOUNT);
    expect((await readiness()).ready).toBe(true);

    await room.kill('SIGTERM');
    await room.start();
    await kafka.send(sales, flood(600));
    await stopped();
    await kafka.send(sales, [{ value: nextGood() }]);
    await room.kill('SIGTERM');
    await room.start();
    await counted(good, 2 * AMOUNT);
  }, 120_000);
});
