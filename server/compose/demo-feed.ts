/**
 * Sends the demo's events to event intake, as any client would: first the day it began and what campaigns
 * did, in batches, so that the wall is nearly whole within seconds; then each event at its own time, and
 * beside that the half year before, the newest weeks first. It also issues the commands of the demo's staff.
 * An event sent twice has no effect, so after a restart the feed continues from the newest event
 * in the store, with some overlap, and sends the half year again if its last day is missing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { naturalKey } from '../../shared/events/registry.ts';
import { HISTORY_LOADING } from '../../shared/wire/constants.ts';
import type { Stream } from '../../shared/wire/freshness.ts';
import { encodeUtf8 } from '../adapters/system/bytes.ts';
import { toCloudEvent } from '../domain/demo/cloud-event.ts';
import { demoCampaignPast, demoEvents, demoEventsFrom, demoPastDay } from '../domain/demo/day.ts';
import { plansOwed } from '../domain/demo/campaigns.ts';
import { complaints } from '../domain/demo/complaints.ts';
import { staffCommand } from '../domain/demo/staff.ts';
import { demoChannels, demoRoster } from '../domain/demo/roster.ts';
import { demoBrands, demoTargets } from '../domain/demo/targets.ts';
import { pastStories } from '../domain/demo/past-mentions.ts';
import { demoWorld, firstDayOf, MINUTE_MS, type DemoEvent } from '../domain/demo/world.ts';
import { factKey } from '../domain/facts.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import { whileRaised } from '../pipeline/ports/problems.ts';
import { periodOf } from '../domain/time/period.ts';
import { isRefusal } from '../pipeline/ports/refusal.ts';
import { settleComplaints } from './demo-complaints.ts';
import { createDemoStandup } from './demo-standup.ts';
import type { Foundation } from './foundation.ts';
import type { Workspace } from './workspace.ts';

/** Every demo workspace generates the same events. */
const SEED = 1;
const BATCH = 250;
/** Days of the past that come before the others: what plan curves and a quarter look at. */
const RECENT_DAYS = 63;
/** The longest campaign is no longer. */
const RUNNING_DAYS = 28;
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
  { services, store, problems }: Pick<Workspace, 'services' | 'store' | 'problems'>,
): DemoFeed {
  const world = demoWorld(SEED, store.createdAt, calendar);
  const stopping = new AbortController();
  const stopped = () => stopping.signal.aborted;
  const standup = createDemoStandup(world, services.standup);
  let requests = 0;
  let rosterOf: number | null = null;

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
    await patiently(() => services.channels.put({ channels: demoChannels }));
    await keepCurrent();
  }

  /** Targets are of the running periods; who is on duty is known for a month, and entered anew each day. */
  async function keepCurrent(): Promise<void> {
    const now = clock.now();
    const day = calendar.dayOf(now);
    await patiently(() => services.targets.put(demoTargets(world, now), { dryRun: false, confirm: true }));
    if (day === rosterOf) return;
    const value = demoRoster(world, now);
    await patiently(() => services.policies.put('roster', { value, owner: '周屿', reason: '演示' }));
    rosterOf = day;
  }

  /** The instant from which a restarted demo continues; null when an earlier run did not send the whole past. */
  async function publishedUntil(): Promise<number | null> {
    const seen = await patiently(() => store.reads.streams());
    const newest = (name: Stream) => seen?.find((s) => s.stream === name)?.occurredAt ?? -Infinity;
    const until = Math.min(newest('orders'), newest('mentions')) - OVERLAP_MS;
    return until > demoEventsFrom(world) ? until : null;
  }

  /** A story that is over: its first mention is opened, the others join it, and it is answered and closed at once. */
  async function publishStory(first: DemoEvent, joined: readonly DemoEvent[], others: readonly DemoEvent[]): Promise<void> {
    await submit([first, ...joined]);
    const wait = async (ms: number) => {
      await pause(ms);
      return !stopped();
    };
    await patiently(() =>
      settleComplaints({ incidents: services.incidents, now: () => clock.now(), wait }, keyOf(first), joined.map(keyOf)),
    );
    await submit(others);
  }

  const keyOf = ({ event }: DemoEvent): string => factKey(event.source, naturalKey(event));
  const today = calendar.dayOf(world.origin);
  const recentFrom = today - RECENT_DAYS;

  /** The last day that is sent of the half year stands for all of it. */
  async function pastIsPublished(): Promise<boolean> {
    const period = calendar.formatDay(recentFrom - 1);
    const question = { grain: 'day', period, kpis: ['net_sales'], by: null, where: [], asOf: null, knownAt: null } as const;
    const answer = await patiently(() => services.kpis.query(question));
    return answer !== undefined && !isRefusal(answer) && (answer.values[0]?.value ?? 0) > 0;
  }

  async function publishDays(from: number, to: number): Promise<void> {
    for (let day = from; day < to && !stopped(); day += 1) await submit(demoPastDay(world, day));
  }

  async function publishHalfYear(): Promise<void> {
    if (await pastIsPublished()) return;
    const started = clock.monotonic();
    // Within each stretch in the order of time, so that a customer's first order seldom turns out to be an earlier one.
    const monthFrom = Math.max(recentFrom, Math.min(periodOf('month', today).from, today - RUNNING_DAYS));
    await publishDays(monthFrom, today - 1);
    await publishDays(recentFrom, monthFrom);
    for (const [first, ...others] of pastStories(world)) {
      if (stopped()) return;
      if (first) await publishStory(first, others, []);
    }
    await publishDays(firstDayOf(world), recentFrom);
    logger.info({ seconds: Math.round(clock.monotonic() - started) / 1_000 }, 'the demo has published its half year');
  }

  async function publishPlansOwed(at: number): Promise<void> {
    const versions = await patiently(() => store.reads.campaignVersions());
    // A version without a window is an end.
    const stored = (versions ?? []).flatMap(({ campaignId, window }) => (window === undefined ? [] : [campaignId]));
    await submit(plansOwed(world, new Set(stored), at));
  }

  async function publishPast(): Promise<number> {
    const until = await publishedUntil();
    const started = clock.monotonic();
    if (until === null) {
      await submit(demoCampaignPast(world));
      // With what competitors did of late, and refunds of today that belong to orders of yesterday.
      await submit(demoPastDay(world, today - 1));
      const { first, others } = complaints(world);
      await publishStory(first, [], others);
    }
    const now = clock.now();
    if (until !== null) await publishPlansOwed(until);
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
      const halfYear = whileRaised(problems, HISTORY_LOADING, 'demo', publishHalfYear);
      // A bug in it ends the feed, as one in the feed itself does.
      const failed = halfYear.then(
        () => new Promise<never>(() => undefined),
        (error: unknown) => Promise.reject(error),
      );
      await patiently(() => standup.act(clock.now()));
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
          await patiently(() => standup.act(clock.now()));
          await keepCurrent();
        }
        await Promise.race([pause(STEP_MS), failed]);
      }
      await halfYear;
    },
    stop: () => stopping.abort(),
  };
}
