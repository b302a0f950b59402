/** The Kafka road as a newcomer walks it: make the topics, produce the demo's day, start the server. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startKafka, type KafkaBroker } from '../helpers/kafka-broker.ts';
import { warroom } from '../helpers/program.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { describeWithKafka } from '../helpers/with-kafka.ts';

interface State {
  readonly ready: boolean;
  readonly lag: number | null;
  readonly consumed: Readonly<Record<string, number>>;
  readonly workspace: { readonly demo: boolean };
  readonly reasons: readonly { readonly code: string }[];
}

describeWithKafka('the Kafka road in three commands', () => {
  let broker: KafkaBroker;
  let env: Record<string, string>;
  const names = Object.fromEntries(
    ['SALES', 'LEADS', 'SENTIMENT', 'CAMPAIGNS', 'COMPETITORS'].map((t) => [`KAFKA_TOPIC_${t}`, `road.${Date.now()}.${t}`]),
  );
  const rooms: WarRoom[] = [];
  beforeAll(async () => {
    broker = await startKafka();
    env = { KAFKA_BROKERS: broker.brokers.join(','), KAFKA_GROUP_ID: `road-${Date.now()}`, ...names };
  });
  afterAll(async () => {
    await Promise.all(rooms.map((room) => room.dispose()));
    await broker.stop();
  });

  it('says which topics are missing, makes them, and says so', async () => {
    const before = await warroom(['topics', 'list'], env);
    expect(before.code).toBe(1);
    expect(before.output.match(/missing$/gm)).toHaveLength(5);
    const refused = await warroom(['demo', '--kafka'], env);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('topics create') as string });
    const made = await warroom(['topics', 'create', '--partitions', '2'], env);
    expect(made).toMatchObject({ code: 0, output: expect.stringContaining('Created: ') as string });
    expect((await warroom(['topics', 'create'], env)).output).toContain('All topics exist already.');
    expect((await warroom(['topics', 'list'], env)).output.match(/2 partitions, 0 records/g)).toHaveLength(5);
  });

  it('produces the day; the server counts every event of it once, in the real workspace', async () => {
    const produced = await warroom(['demo', '--kafka', '--days', '5'], env);
    expect(produced.code).toBe(0);
    const events = Number(/([\d,]+) events produced/.exec(produced.output)?.[1]?.replaceAll(',', ''));
    expect(events).toBeGreaterThan(10_000);

    const room = await warRoom({ env: { ...env, DEMO: 'auto' } });
    rooms.push(room);
    await room.start();
    const state = await eventually(
      'all of it is folded',
      async () => {
        const now = await fetch(`${room.url}/readyz`).then((r) => r.json() as Promise<State>);
        return now.lag === 0 && (now.consumed['applied'] ?? 0) >= events ? now : undefined;
      },
      180_000,
    );
    expect(state).toMatchObject({ ready: true, workspace: { demo: false } });
    expect(state.consumed).toMatchObject({ applied: events, duplicate: 0, quarantined: 0, older: 0 });
  }, 300_000);

  it('sends what comes by HTTP through the brokers', async () => {
    const room = rooms[0] as WarRoom;
    const before = await room.get<State>('/readyz');
    const order = {
      ...{ specversion: '1.0', id: 'e-http', source: '/test/road', type: 'sales.order.paid', time: new Date().toISOString() },
      data: {
        orderId: 'H-1',
        version: 1,
        buyerId: 'B-1',
        channel: '天猫',
        region: '华东',
        lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 1 }],
      },
    };
    const answer = await room.send('POST', '/api/events', order, 'application/cloudevents+json');
    expect(answer).toMatchObject({ status: 202, body: { results: [{ outcome: 'accepted' }] } });
    await eventually(
      'the order came back from the broker',
      async () => ((await room.get<State>('/readyz')).consumed['applied'] === (before.consumed['applied'] ?? 0) + 1 ? true : undefined),
      60_000,
    );
    expect((await warroom(['topics', 'list'], env)).output).toMatch(/SALES\s+2 partitions, [1-9]\d* records/);
    const doctor = await warroom(['doctor'], { ...env, DATA_DIR: room.dataDir, PORT: new URL(room.url).port });
    expect(doctor.output).toContain('all 5 topics exist');
  });
});
