/**
 * Plays the demo's day into its workspace through event intake, as any client would: first what happened
 * up to now, in batches, then in real time; and does what the demo's people would do.
 * Everything in it can be sent twice without effect, so after a restart it goes on from
 * what the store has, with some overlap.
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

/** Every demo workspace tells the same day. */
const SEED = 1;
const BATCH = 250;
const STEP_MS = 400;
/** Staff and targets are looked at this often. */
const LOOK_EVERY_MS = 15_000;
/** What may have been under way when the last run ended. */
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

  /** Taken batch by batch from the generator: a day made at once would hold up the event loop. */
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

  /** A store that is away comes back; the demo waits like any other source. */
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

  /** Where the last run ended; null when the past was not told to its end. */
  async function toldUntil(): Promise<number | null> {
    const seen = await patiently(() => store.reads.streams());
    const newest = (name: Stream) => seen?.find((s) => s.stream === name)?.occurredAt ?? -Infinity;
    const until = Math.min(newest('orders'), newest('mentions')) - OVERLAP_MS;
    return until > demoEventsFrom(world) ? until : null;
  }

  async function tellGripes(): Promise<void> {
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

  async function tellThePast(): Promise<number> {
    const until = await toldUntil();
    const started = clock.monotonic();
    if (until === null) {
      await submit(demoHistory(world, periodOf('quarter', calendar.dayOf(world.origin)).from));
      await tellGripes();
    }
    const now = clock.now();
    await submit(demoEvents(world, until ?? demoEventsFrom(world), now));
    logger.info({ seconds: Math.round(clock.monotonic() - started) / 1_000 }, 'the demo has told its past');
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
      let told = await tellThePast();
      let lookedAt = -Infinity;
      while (!stopped()) {
        const now = clock.now();
        // A clock that stepped back has nothing new to tell.
        if (now > told) {
          await submit(demoEvents(world, told, now));
          told = now;
        }
        if (clock.monotonic() - lookedAt > LOOK_EVERY_MS) {
          lookedAt = clock.monotonic();
          await actForStaff();
          await patiently(() => services.targets.put(demoTargets(world, clock.now()), { dryRun: false }));
        }
        await pause(STEP_MS);
      }
    },
    stop: () => stopping.abort(),
  };
}
