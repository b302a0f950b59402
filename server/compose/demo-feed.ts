/**
 * Sends the demo's events to event intake, as any client would: first everything up to now, in
 * batches, then each event at its own time. It also issues the commands of the demo's staff.
 * An event sent twice has no effect, so after a restart the feed continues from the newest event
 * in the store, with some overlap.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { naturalKey } from '../../shared/events/registry.ts';
import type { Stream } from '../../shared/wire/freshness.ts';
import { encodeUtf8 } from '../adapters/system/bytes.ts';
import { toCloudEvent } from '../domain/demo/cloud-event.ts';
import { demoEvents, demoEventsFrom, demoHistory } from '../domain/demo/day.ts';
import { complaints } from '../domain/demo/complaints.ts';
import { staffCommand } from '../domain/demo/staff.ts';
import { demoBrands, demoTargets } from '../domain/demo/targets.ts';
import { demoWorld, MINUTE_MS, type DemoEvent } from '../domain/demo/world.ts';
import { factKey } from '../domain/facts.ts';
import { periodOf } from '../domain/time/period.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import { settleComplaints } from './demo-complaints.ts';
import type { Foundation } from './foundation.ts';
import type { Workspace } from './workspace.ts';

/** Every demo workspace generates the same events. */
const SEED = 1;
const BATCH = 250;
const STEP_MS = 400;
/** How often staff commands are issued and targets are updated. */
const STAFF_EVERY_MS = 15_000;
/** How much is sent again after a restart: events of this span may not have been stored when the last run ended. */
const OVERLAP_MS = 15 * MINUTE_MS;

export interface DemoFeed {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): void;
}

export function createDemoFeed(
  { clock, calendar, logger }: Foundation,
  { services, store }: Pick<Workspace, 'services' | 'store'>,
): DemoFeed {
  const world = demoWorld(SEED, store.createdAt, calendar);
  const stopping = new AbortController();
  const stopped = () => stopping.signal.aborted;
  let requests = 0;

  /** Takes the events from the generator batch by batch, because generating a whole day at once would block the event loop. */
  async function submit(events: Iterable<DemoEvent>): Promise<void> {
    let items: Uint8Array[] = [];
    const send = async () => {
      requests += 1;
      const request = { id: `demo-${requests}`, receivedAt: clock.now() };
      await patiently(() => services.intake.submit(items, request));
      items = [];
    };
    for (const { event } of events) {
      if (stopped()) return;
      items.push(encodeUtf8(toCloudEvent(event)));
      if (items.length === BATCH) await send();
    }
    if (items.length > 0) await send();
  }

  /** Repeats the work until the store is available, as every other source does. */
  async function patiently<T>(work: () => Promise<T>): Promise<T | undefined> {
    while (!stopped()) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        await pause(1_000);
      }
    }
    return undefined;
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  async function setUp(): Promise<void> {
    const who = { owner: '周屿', reason: '演示' };
    await patiently(() => services.policies.put('brands', { value: demoBrands, ...who }));
    await patiently(() => services.targets.put(demoTargets(world, clock.now()), { dryRun: false }));
  }

  /** The instant from which a restarted demo continues; null when an earlier run did not send the whole past. */
  async function publishedUntil(): Promise<number | null> {
    const seen = await patiently(() => store.reads.streams());
    const newest = (name: Stream) => seen?.find((s) => s.stream === name)?.occurredAt ?? -Infinity;
    const until = Math.min(newest('orders'), newest('mentions')) - OVERLAP_MS;
    return until > demoEventsFrom(world) ? until : null;
  }

  async function publishComplaints(): Promise<void> {
    const { first, others } = complaints(world);
    await submit([first]);
    const wait = async (ms: number) => {
      await pause(ms);
      return !stopped();
    };
    await patiently(() =>
      settleComplaints(
        { incidents: services.incidents, now: () => clock.now(), wait },
        factKey(first.event.source, naturalKey(first.event)),
      ),
    );
    await submit(others);
  }

  async function publishPast(): Promise<number> {
    const until = await publishedUntil();
    const started = clock.monotonic();
    if (until === null) {
      await submit(demoHistory(world, periodOf('quarter', calendar.dayOf(world.origin)).from));
      await publishComplaints();
    }
    const now = clock.now();
    await submit(demoEvents(world, until ?? demoEventsFrom(world), now));
    logger.info({ seconds: Math.round(clock.monotonic() - started) / 1_000 }, 'the demo has published its past');
    return now;
  }

  async function actForStaff(): Promise<void> {
    const now = clock.now();
    const open = await patiently(() => services.incidents.list({ open: true, limit: 50, after: null }));
    for (const incident of open?.incidents ?? []) {
      const command = staffCommand(world, incident, now);
      if (command) await patiently(() => services.incidents.command(incident.id, command, now));
    }
  }

  return {
    async run() {
      await setUp();
      let publishedTo = await publishPast();
      let staffActedAt = -Infinity;
      while (!stopped()) {
        const now = clock.now();
        // After the clock stepped back there is nothing new to publish until it has caught up.
        if (now > publishedTo) {
          await submit(demoEvents(world, publishedTo, now));
          publishedTo = now;
        }
        if (clock.monotonic() - staffActedAt > STAFF_EVERY_MS) {
          staffActedAt = clock.monotonic();
          await actForStaff();
          await patiently(() => services.targets.put(demoTargets(world, clock.now()), { dryRun: false }));
        }
        await pause(STEP_MS);
      }
    },
    stop: () => stopping.abort(),
  };
}
