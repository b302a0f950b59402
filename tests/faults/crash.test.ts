/**
 * The crash proof on the real server and a real Kafka: events stream in over Kafka and over
 * HTTP, shuffled and partly repeated, while the server is killed at random moments. After
 * every kill the store's offsets and facts must agree; at the end the state must equal that
 * of a server that was never interrupted and got each event once, in order, by another road.
 */
import path from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { factKey } from '../../server/domain/facts.ts';
import { eventDefinition, naturalKey, type WarroomEvent } from '../../shared/events/registry.ts';
import type { Readiness } from '../../server/pipeline/services/services.ts';
import { generateEvents, type CloudEvent } from '../helpers/event-generator.ts';
import { startKafka, type KafkaBroker } from '../helpers/kafka-broker.ts';
import { rounds } from '../helpers/long-form.ts';
import { seededRandom } from '../helpers/random.ts';
import { readStore, versionName, type StoreContent } from '../helpers/store-content.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { describeWithKafka } from '../helpers/with-kafka.ts';

const KILLS = rounds('CRASH_KILLS', { short: 16, long: 40 });
const EVENTS = rounds('CRASH_EVENTS', { short: 8_000, long: 20_000 });
const SEED = Number(process.env['CRASH_SEED'] ?? Math.floor(Date.now() / 1_000));
const topics = ['sales', 'leads', 'sentiment', 'campaigns', 'competitors'];
const brands = { value: { own: ['山澜'], tracked: ['铂域'] }, owner: '测试', reason: '对账' };

describeWithKafka('the crash proof', () => {
  let broker: KafkaBroker;
  let room: WarRoom;
  let calm: WarRoom;
  beforeAll(async () => {
    broker = await startKafka();
    const kafka = client();
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({ topic: `marketing.${topic}`, numPartitions: 2, replicationFactor: 1 })),
    });
    await admin.disconnect();
    room = await warRoom({ env: { KAFKA_BROKERS: broker.brokers.join() } });
    calm = await warRoom();
  });
  afterAll(async () => {
    await room?.dispose();
    await calm?.dispose();
    await broker?.stop();
  });
  const client = () => new Kafka({ clientId: 'crash-proof', brokers: broker.brokers, logLevel: logLevel.NOTHING });

  it(`[I1][I2][I3][I5][I11] ${String(KILLS)} kills in ${String(EVENTS)} events change nothing`, { timeout: 1_200_000 }, async () => {
    process.stdout.write(`crash proof: seed ${String(SEED)}\n`);
    const random = seededRandom(SEED);
    const events = generateEvents({
      seed: SEED,
      count: EVENTS,
      until: Date.now() - 3 * 86_400_000,
      spanMs: 30 * 86_400_000,
      ids: EVENTS / 20,
    });
    const stream = random.shuffle([...events, ...events.filter(() => random.chance(0.1))]);

    await room.start();
    await room.send('PUT', '/api/policies/brands', brands);
    const feeding = feed(stream);
    const seen: StoreContent[] = [];
    let progress = '';
    for (let kill = 0; kill < KILLS; kill++) {
      // Mostly kill while records are being folded, sometimes while the group still forms.
      if (random.chance(0.8)) progress = await nextProgress(progress);
      await new Promise((resolve) => setTimeout(resolve, random.below(400)));
      await room.kill('SIGKILL');
      seen.push(readStore(store(room)));
      feeding.release((kill + 1) / KILLS);
      await room.start();
    }
    feeding.release(1);
    await feeding.done;
    await drained(room);
    await room.kill('SIGTERM');

    const log = await records(client());
    const final = readStore(store(room));
    expect(final.quarantined).toEqual([]);
    for (const [n, content] of [...seen, final].entries()) {
      expect(disagreement(content, log), `after kill ${String(n + 1)} (seed ${String(SEED)})`).toEqual({ lost: [], early: [] });
    }

    await calm.start();
    await calm.send('PUT', '/api/policies/brands', brands);
    for (let at = 0; at < events.length; at += 500) {
      const answer = await calm.send('POST', '/api/events', events.slice(at, at + 500), 'application/cloudevents-batch+json');
      expect(answer.status).toBe(202);
    }
    await drained(calm);
    await calm.kill('SIGTERM');
    expect(final.digests, `seed ${String(SEED)}`).toEqual(readStore(store(calm)).digests);
  });

  /** Half of the stream by HTTP, half straight to Kafka, never further than released. */
  function feed(stream: readonly CloudEvent[]): { done: Promise<void>; release: (share: number) => void } {
    let released = 0.02;
    const batches = Array.from({ length: Math.ceil(stream.length / 50) }, (_, i) => stream.slice(i * 50, i * 50 + 50));
    const run = async (parity: number, send: (batch: readonly CloudEvent[]) => Promise<boolean>) => {
      for (let i = parity; i < batches.length; i += 2) {
        while (i / batches.length > released || !(await send(batches[i] as CloudEvent[])))
          await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const overKafka = async () => {
      const producer = client().producer();
      await producer.connect();
      await run(0, async (batch) => {
        for (const topic of topics) {
          const messages = batch
            .filter((e) => eventDefinition(e.type)?.topic === topic)
            .map((e) => ({ key: e.subject, value: JSON.stringify(e) }));
          if (messages.length > 0) await producer.send({ topic: `marketing.${topic}`, messages });
        }
        return true;
      });
      await producer.disconnect();
    };
    // A batch whose answer was lost with the server is sent again whole: retrying is safe [I11].
    const overHttp = () =>
      run(1, (batch) =>
        room.send('POST', '/api/events', batch, 'application/cloudevents-batch+json').then(
          (answer) => answer.status === 202,
          () => false,
        ),
      );
    return {
      done: Promise.all([overKafka(), overHttp()]).then(() => undefined),
      release: (share) => (released = Math.max(released, share)),
    };
  }

  /** Waits until the store moved on from `before`, or long enough for a kill in between to be worth it. */
  async function nextProgress(before: string): Promise<string> {
    const state = async () => JSON.stringify((await readiness(room)).consumed);
    return eventually('progress', async () => ((await state()) === before ? undefined : state()), 12_000).catch(() => before);
  }
});

const store = (room: WarRoom) => path.join(room.dataDir, 'warroom.db');

async function readiness(room: WarRoom): Promise<Readiness> {
  return (await (await fetch(`${room.url}/readyz`)).json()) as Readiness;
}

async function drained(room: WarRoom): Promise<void> {
  await eventually(
    'everything folded',
    async () => {
      const { ready, lag } = await readiness(room);
      return ready && lag === 0 ? true : undefined;
    },
    120_000,
  );
}

/** Every record of every topic: topic and partition → names of versions by offset. */
async function records(kafka: Kafka): Promise<Map<string, string[]>> {
  const log = new Map<string, string[]>();
  const admin = kafka.admin();
  await admin.connect();
  let expected = 0;
  for (const topic of topics) for (const p of await admin.fetchTopicOffsets(`marketing.${topic}`)) expected += Number(p.high);
  await admin.disconnect();
  const consumer = kafka.consumer({ groupId: 'crash-proof-reader' });
  await consumer.connect();
  await consumer.subscribe({ topics: topics.map((topic) => `marketing.${topic}`), fromBeginning: true });
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachMessage: ({ topic, partition, message }) => {
          const event = JSON.parse(String(message.value)) as CloudEvent;
          const kind = eventDefinition(event.type)?.kind ?? '';
          const name = versionName(kind, factKey(event.source, naturalKey(event as unknown as WarroomEvent)), event.data.version);
          const at = `${topic} ${String(partition)}`;
          const names = log.get(at) ?? [];
          names[Number(message.offset)] = name;
          log.set(at, names);
          count += 1;
          if (count === expected) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return log;
}

/** Versions below the stored offsets that are not in the store, and versions in the store that no offset covers. */
function disagreement(content: StoreContent, log: ReadonlyMap<string, readonly string[]>): { lost: string[]; early: string[] } {
  const covered = new Set<string>();
  for (const { topic, partition, nextOffset } of content.positions) {
    for (const name of (log.get(`${topic} ${String(partition)}`) ?? []).slice(0, nextOffset)) covered.add(name);
  }
  return {
    lost: [...covered].filter((name) => !content.versions.has(name)).slice(0, 5),
    early: [...content.versions].filter((name) => !covered.has(name)).slice(0, 5),
  };
}
