/**
 * The heartbeat [S2]: every five seconds what a screen needs to know that it is not looking at the past: server time,
 * stream positions, build, freshness per stream and source, and what is wrong.
 */
import { streams as streamNames } from '../../../shared/wire/constants.ts';
import type { Topic } from '../../../shared/events/define.ts';
import type { Policies } from '../../../shared/kpi/targets.ts';
import type { SourceHealth, Stream, StreamFreshness } from '../../../shared/wire/freshness.ts';
import { HEARTBEAT_MS, PROTOCOL_VERSION } from '../../../shared/wire/constants.ts';
import type { Heartbeat, Position } from '../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import { lastLife, streamFacts } from '../../domain/stream-life.ts';
import type { ClockPort } from '../ports/clock.ts';
import { Unavailable } from '../ports/errors.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { Problems } from '../ports/problems.ts';
import type { Timers } from '../ports/timers.ts';
import type { StreamLife } from '../ports/transaction.ts';

export interface HeartbeatParts extends Omit<FreshnessParts, 'reads'> {
  readonly reads: Pick<StoreReads, 'streams' | 'policies' | 'quarantinedMentions' | 'nextRosterGap'>;
  readonly clock: ClockPort;
  readonly timers: Timers;
  readonly problems: Problems;
  readonly build: string;
  readonly positions: () => Readonly<Record<ViewName, Position>>;
  readonly sources: () => readonly SourceHealth[];
  readonly send: (heartbeat: Heartbeat) => void;
}

export interface HeartbeatLoop {
  /** The newest one, for a screen that has just connected; null before the first. */
  latest(): Heartbeat | null;
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): void;
}

export interface FreshnessParts {
  readonly reads: Pick<StoreReads, 'streams' | 'policies'>;
  /** When a read last reached the end of a topic; null = never since the start. */
  readonly reachedEndAt: (topic: Topic) => number | null;
  /** The longest silence usual for a stream at an instant; null = not learnt. */
  readonly usualSilence: (stream: Stream, at: number) => number | null;
}

/** What the store says of the freshness of the streams, to be completed at any later instant. */
interface StoredFreshness {
  readonly seen: readonly StreamLife[];
  readonly budgets: Policies['freshness'];
}

async function readFreshness(reads: FreshnessParts['reads']): Promise<StoredFreshness> {
  const [seen, policies] = await Promise.all([reads.streams(), reads.policies()]);
  return { seen, budgets: policies.freshness };
}

/** Freshness of every stream, also of those that never had an event; budgets are the policy's. */
function freshnessAt(
  { seen, budgets }: StoredFreshness,
  { reachedEndAt, usualSilence }: Omit<FreshnessParts, 'reads'>,
  now: number,
): readonly StreamFreshness[] {
  return streamNames.map((stream) => {
    const row = seen.find((candidate) => candidate.stream === stream);
    return {
      stream,
      lastReceivedAt: row?.receivedAt ?? null,
      lastOccurredAt: row?.occurredAt ?? null,
      aliveAt: lastLife(row?.aliveAt ?? null, reachedEndAt(streamFacts[stream].topic), now),
      budgetMs: budgets[stream],
      usualSilenceMs: usualSilence(stream, now),
    };
  });
}

/** Throws `Unavailable`. */
export async function streamFreshness(parts: FreshnessParts, now: number): Promise<readonly StreamFreshness[]> {
  return freshnessAt(await readFreshness(parts.reads), parts, now);
}

/** What of a heartbeat is read from the store. */
interface Stored {
  /** null before the first read. */
  readonly freshness: StoredFreshness | null;
  readonly quarantinedMentions: number;
  readonly rosterGap: Heartbeat['rosterGap'];
  /** No brand is ours, so no negative mention starts a clock: calm screens would be a lie. */
  readonly withoutBrand: boolean;
}

async function readStored(reads: HeartbeatParts['reads']): Promise<Stored> {
  const [freshness, quarantinedMentions, rosterGap, { brands }] = await Promise.all([
    readFreshness(reads),
    reads.quarantinedMentions(),
    reads.nextRosterGap(),
    reads.policies(),
  ]);
  return { freshness, quarantinedMentions, rosterGap, withoutBrand: brands.own.length === 0 };
}

export function createHeartbeat(parts: HeartbeatParts): HeartbeatLoop {
  const { reads, clock, timers, problems, build, positions, sources, send } = parts;
  let known: Stored = { freshness: null, quarantinedMentions: 0, rosterGap: null, withoutBrand: false };
  let latest: Heartbeat | null = null;
  let stopping = false;
  let wake = (): void => undefined;
  let running: Promise<void> | null = null;

  function beat(): void {
    const now = clock.now();
    latest = {
      protocol: PROTOCOL_VERSION,
      build,
      serverNow: now,
      positions: positions(),
      streams: known.freshness === null ? [] : freshnessAt(known.freshness, parts, now),
      quarantinedMentions: known.quarantinedMentions,
      rosterGap: known.rosterGap,
      sources: sources(),
      problems: [...problems.list(), ...(known.withoutBrand ? ['no_own_brand'] : [])],
    };
    send(latest);
  }

  /** The store may be slow or gone; the heartbeat goes out on time with the last known freshness and says so. */
  function refresh(fail: (error: unknown) => void): void {
    readStored(reads).then(
      (now) => {
        known = now;
        problems.clear('store_unavailable', 'heartbeat');
      },
      (error: unknown) => {
        if (error instanceof Unavailable) problems.raise('store_unavailable', 'heartbeat');
        else fail(error);
      },
    );
  }

  return {
    latest: () => latest,
    run: () =>
      (running ??= new Promise<void>((resolve, reject) => {
        const step = (): void => {
          if (stopping) return;
          beat();
          const cancel = timers.after(HEARTBEAT_MS, step);
          // Read shortly before the beat that carries it, not after it.
          const cancelRefresh = timers.after(HEARTBEAT_MS - 1_000, () => refresh(reject));
          wake = () => {
            cancel();
            cancelRefresh();
            resolve();
          };
        };
        wake = resolve;
        readStored(reads)
          .then((now) => {
            known = now;
          })
          .catch((error: unknown) => {
            if (!(error instanceof Unavailable)) throw error;
            problems.raise('store_unavailable', 'heartbeat');
          })
          .then(step, reject);
      })),
    stop() {
      stopping = true;
      wake();
    },
  };
}
