/** Servers over one Apache Kafka, each with topics and a group of its own: what the scenarios of logs and of groups share. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startKafka, type KafkaBroker } from './kafka-broker.ts';
import { plainKafka, type PlainKafka } from './kafka-client.ts';
import { eventually, warRoom, type WarRoom } from './war-room.ts';

export interface State {
  readonly ready: boolean;
  readonly lag: number | null;
  readonly consumed: Readonly<Record<string, number>>;
  readonly reasons: readonly { readonly code: string; readonly detail: string }[];
}
const logicalTopics = ['SALES', 'LEADS', 'SENTIMENT', 'CAMPAIGNS', 'COMPETITORS'] as const;

export const order = (id: string, version = 1) => ({
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
export const orders = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => order(`${prefix}${n}`));
export const messages = (events: readonly object[]) => events.map((event) => ({ key: 'k', value: JSON.stringify(event) }));

export const stateOf = async (room: WarRoom): Promise<State> => (await fetch(`${room.url}/readyz`)).json() as Promise<State>;
export const codes = (state: State) => state.reasons.map(({ code }) => code);
export async function stands(room: WarRoom, what: string, holds: (state: State) => boolean, withinMs = 30_000): Promise<State> {
  let last: State | undefined;
  try {
    return await eventually(what, async () => (holds((last = await stateOf(room))) ? last : undefined), withinMs);
  } catch (error) {
    throw new Error(`${String(error)}; it is ${JSON.stringify(last)}`, { cause: error });
  }
}
/** Net sales of the year, in minor units, as everybody may ask for them. */
export async function netSales(room: WarRoom): Promise<number> {
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
  const { values } = await room.get<{ values: readonly { value: number | null }[] }>(
    `/api/kpis?kpi=net_sales&grain=year&period=${String(year)}`,
  );
  return values[0]?.value ?? 0;
}

export interface KafkaRooms {
  readonly broker: () => KafkaBroker;
  readonly plain: () => PlainKafka;
  /** Disposed of after each test. */
  readonly rooms: WarRoom[];
  /** Five fresh topics, and the settings that name them. */
  freshTopics(partitions?: number): Promise<{ readonly sales: string; readonly env: Record<string, string> }>;
  started(env: Record<string, string>): Promise<WarRoom>;
  /** Deletes a topic and makes it anew with these events. */
  made(anew: string, events: readonly object[]): Promise<void>;
}

/** Called once in a `describe`: a broker for all its tests. */
export function kafkaRooms(): KafkaRooms {
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
  return {
    broker: () => broker,
    plain: () => plain,
    rooms,
    async freshTopics(partitions = 1) {
      const id = randomUUID();
      const name = (topic: string) => `${topic.toLowerCase()}-${id}`;
      for (const topic of logicalTopics) await plain.createTopic(name(topic), partitions);
      const topics = Object.fromEntries(logicalTopics.map((topic) => [`KAFKA_TOPIC_${topic}`, name(topic)]));
      return { sales: name('SALES'), env: { KAFKA_BROKERS: broker.brokers.join(','), KAFKA_GROUP_ID: id, ...topics } };
    },
    async started(env) {
      const room = await warRoom({ env });
      rooms.push(room);
      await room.start();
      return room;
    },
    async made(anew, events) {
      await plain.admin.deleteTopics({ topics: [anew] });
      await eventually('the topic is gone', async () => ((await plain.admin.listTopics()).includes(anew) ? undefined : true), 15_000);
      // The client may still know the old topic; what is sent twice is a repeat to the server.
      await eventually('the topic is there', async () => (await plain.admin.createTopics({ topics: [{ topic: anew }] })) || true, 15_000);
      await eventually('its records are there', async () => plain.send(anew, messages(events)).then(() => true), 15_000);
    },
  };
}
