/** `warroom demo --kafka`: produces the demo's day to the configured brokers, then goes on in real time if asked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeUtf8 } from '../adapters/system/bytes.ts';
import type { AppendRecord, LogProducer } from '../pipeline/ports/log.ts';
import { routeOf, toCloudEvent } from '../domain/demo/cloud-event.ts';
import { demoEvents, demoEventsFrom, demoHistory } from '../domain/demo/day.ts';
import { demoWorld, type DemoEvent, type DemoWorld } from '../domain/demo/world.ts';
import { createCalendar, DAY_MS } from '../domain/time/calendar.ts';
import { CommandFailed, configured } from './connect.ts';
import { progress } from './import/progress.ts';
import { number } from './import/tally.ts';
import { withBroker } from './topics.ts';

export interface DemoOptions {
  readonly kafka: boolean;
  readonly seed: number;
  /** Past days told in coarse strokes before the last one. */
  readonly days: number;
  /** Events a second at most while the past is produced; 0 = as fast as the brokers take them. */
  readonly rate: number;
  /** Go on in real time after the past until stopped. */
  readonly follow: boolean;
}

const BATCH = 500;
const LOOK_EVERY_MS = 500;

export async function produceDemo(options: DemoOptions): Promise<number> {
  if (!options.kafka) {
    throw new CommandFailed(
      'The demo workspace itself starts with npm start (DEMO=on shows it beside a real store). To produce the demo day to Kafka, add --kafka.',
    );
  }
  const { timeZone } = configured();
  const calendar = createCalendar(timeZone);
  const origin = Date.now();
  const world = demoWorld(options.seed, origin, calendar);
  return withBroker(async ({ topics, producer }) => {
    const missing = (await topics.describe()).filter((t) => t.partitions === null);
    if (missing.length > 0)
      throw new CommandFailed(
        `Missing topics: ${missing.map((t) => t.name).join(', ')}. Create them with: npm run warroom -- topics create`,
      );
    const past = [
      ...demoHistory(world, calendar.dayOf(origin - options.days * DAY_MS)),
      ...demoEvents(world, demoEventsFrom(world), origin),
    ];
    await produce(producer, past, options.rate);
    console.log(`${number(past.length)} events produced, up to now.`);
    if (options.follow) await follow(producer, world);
    return 0;
  });
}

async function produce(producer: LogProducer, events: readonly DemoEvent[], rate: number): Promise<void> {
  const bar = progress('demo day', process.stderr);
  const started = performance.now();
  for (let from = 0; from < events.length; from += BATCH) {
    await producer.append(events.slice(from, from + BATCH).map(recordOf));
    const done = Math.min(events.length, from + BATCH);
    bar.update(done / events.length, done);
    const dueMs = rate > 0 ? (done / rate) * 1_000 - (performance.now() - started) : 0;
    if (dueMs > 0) await sleep(dueMs);
  }
  bar.end();
}

async function follow(producer: LogProducer, world: DemoWorld): Promise<void> {
  console.log('Going on in real time; Ctrl-C ends it.');
  const stopped = Promise.withResolvers<true>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve(true));
  for (let from = world.origin; ;) {
    if (await Promise.race([stopped.promise, sleep(LOOK_EVERY_MS, false)])) return;
    const to = Date.now();
    const events = [...demoEvents(world, from, to)];
    if (events.length > 0) await producer.append(events.map(recordOf));
    from = to;
  }
}

function recordOf({ event }: DemoEvent): AppendRecord {
  return { ...routeOf(event), value: encodeUtf8(toCloudEvent(event)) };
}
