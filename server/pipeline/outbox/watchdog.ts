/**
 * The watcher of the watcher. Every ten minutes a marked mention goes through log, story, clock and outbox to the dry end,
 * outside every figure; every minute the auditor looks for clocks that should have fired, messages beyond their budget and
 * sources that stand still. As long as both find nothing, an address outside is told so: its silence is the alarm.
 */
import { incidentId } from '../../domain/incidents/story.ts';
import { WATCHDOG_SOURCE, watchdogStory } from '../../domain/synthetic.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { OutboxReads } from '../ports/outbox.ts';
import { Unavailable } from '../ports/errors.ts';
import type { Problems } from '../ports/problems.ts';
import type { Timers } from '../ports/timers.ts';

const ROUND_MS = 600_000;
const AUDIT_MS = 60_000;
/** How long a synthetic mention may take from the log to the dry end. */
const BUDGET_MS = 60_000;
/** The first round waits for a start to settle. */
const FIRST_MS = 30_000;
const LOOK_MS = 1_000;
/** How late a clock or a step of the ladder may be, and how long a message may wait. */
const OVERDUE_MS = 60_000;
const UNDELIVERED_MS = 300_000;

export interface WatchdogParts {
  readonly clock: ClockPort;
  readonly timers: Timers;
  readonly reads: Pick<OutboxReads, 'outboxHead' | 'messages' | 'overdue' | 'watchdogStories'>;
  /** An own brand, to which the synthetic mention is given; null while none is set, and nothing is watched then. */
  readonly brand: () => Promise<string | null>;
  /** Into event intake, as any client would; resolves to whether it was taken. */
  readonly submit: (event: Readonly<Record<string, unknown>>) => Promise<boolean>;
  /** Ends the stories of earlier rounds. */
  readonly close: (storyKeys: readonly string[]) => Promise<void>;
  /** Whether a source is down or stopped. */
  readonly stalled: () => boolean;
  readonly clockAheadMs: () => number | null;
  /** Tells the address outside; null where none is set. Resolves to what it answered. */
  readonly ping: (() => Promise<string>) | null;
  /** Whether the server sends synthetic mentions at all. */
  readonly rounds: boolean;
  readonly problems: Problems;
  readonly logger: Logger;
}

/** What the auditor finds, by code. */
export type Finding = 'watchdog_failed' | 'clock_overdue' | 'message_overdue' | 'source_stalled' | 'store_unavailable';

export interface Watchdog {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): void;
  /** One look of the auditor, which `run` repeats every minute. */
  audit(): Promise<readonly Finding[]>;
  /** One round; resolves to whether the mention came through in its budget; null where nothing is watched. */
  round(): Promise<boolean | null>;
}

export function createWatchdog(parts: WatchdogParts): Watchdog {
  const { clock, timers, reads, problems, logger } = parts;
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(() => undefined);
  let stopped = false;
  let failed = false;
  const cancels = new Set<() => void>();

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timers.after(ms, () => {
        cancels.delete(cancel);
        resolve();
      });
      cancels.add(cancel);
    });

  async function delivered(storyKey: string): Promise<boolean> {
    const { rows } = await reads.messages({ incidentId: incidentId(storyKey), state: 'sent', limit: 1, after: null });
    return rows.length > 0;
  }

  async function round(): Promise<boolean | null> {
    const brand = await parts.brand();
    if (!parts.rounds || brand === null) {
      failed = false;
      problems.clear('watchdog_failed', 'watchdog');
      return null;
    }
    const now = clock.now();
    const name = String(now);
    const storyKey = watchdogStory(name);
    const until = clock.monotonic() + BUDGET_MS;
    let came = await parts.submit({
      ...{ specversion: '1.0', id: `watchdog-${name}`, source: WATCHDOG_SOURCE, type: 'sentiment.mention', subject: `watchdog-${name}` },
      time: new Date(now).toISOString(),
      data: {
        ...{ mentionId: `watchdog-${name}`, version: 1, platform: 'watchdog', brand, storyId: name, label: 'negative' },
        text: 'Self-test of the alerts',
      },
    });
    if (came) {
      came = false;
      while (!stopped && !came && clock.monotonic() < until) {
        came = await delivered(storyKey);
        if (!came) await pause(LOOK_MS);
      }
    }
    if (stopped) return null;
    // Those of a process that ended under its round too.
    await parts.close([storyKey, ...(await reads.watchdogStories())]);
    failed = !came;
    if (came) problems.clear('watchdog_failed', 'watchdog');
    else {
      problems.raise('watchdog_failed', 'watchdog');
      logger.error({ round: name }, 'the synthetic mention did not become a delivered message in its budget');
    }
    return came;
  }

  async function audit(): Promise<readonly Finding[]> {
    const now = clock.now();
    try {
      const [head, overdue] = await Promise.all([reads.outboxHead(), reads.overdue(now - (parts.clockAheadMs() ?? 0) - OVERDUE_MS)]);
      const waits = head.undeliveredSince !== null && now - Math.max(head.undeliveredSince, head.deliveredAt ?? 0) > UNDELIVERED_MS;
      return [
        ...(failed ? (['watchdog_failed'] as const) : []),
        ...(overdue > 0 ? (['clock_overdue'] as const) : []),
        ...(waits ? (['message_overdue'] as const) : []),
        ...(parts.stalled() ? (['source_stalled'] as const) : []),
      ];
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      return ['store_unavailable'];
    }
  }

  async function repeat(firstMs: number, everyMs: number, work: () => Promise<unknown>): Promise<void> {
    await pause(firstMs);
    while (!stopped) {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        failed = true;
        problems.raise('watchdog_failed', 'watchdog');
      }
      await pause(everyMs);
    }
  }

  async function tellOutside(): Promise<void> {
    const findings = await audit();
    if (findings.length > 0) logger.error({ findings }, 'the auditor found something, so the address outside is not told that all is well');
    else if (parts.ping) {
      const said = await parts.ping();
      logger.debug({ said }, 'the address outside was told that all is well');
    }
  }

  return {
    audit,
    round,
    run() {
      Promise.all([repeat(FIRST_MS, ROUND_MS, round), repeat(AUDIT_MS, AUDIT_MS, tellOutside)]).catch(ended.reject);
      return ended.promise;
    },
    stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
      ended.resolve();
    },
  };
}
