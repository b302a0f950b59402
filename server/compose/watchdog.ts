/** The watchdog of a workspace, and how what it sends to itself comes in. */
import { post } from '../adapters/channels/http-request.ts';
import { systemResolve } from '../adapters/channels/destination.ts';
import { encodeUtf8 } from '../adapters/system/bytes.ts';
import { closeSynthetic } from '../pipeline/incidents/synthetic.ts';
import { createWatchdog, type Watchdog } from '../pipeline/outbox/watchdog.ts';
import type { ClockDoubt } from '../pipeline/incidents/clock-watch.ts';
import type { Commit } from '../pipeline/ports/commit.ts';
import type { Problems } from '../pipeline/ports/problems.ts';
import type { StoreReads } from '../pipeline/ports/reads.ts';
import type { OwnEvents } from '../pipeline/ports/secrets.ts';
import type { EventIntake } from '../pipeline/services/services.ts';
import type { SourceHealth } from '../../shared/wire/freshness.ts';
import type { Foundation } from './foundation.ts';

interface Parts {
  readonly reads: StoreReads;
  readonly commit: Commit;
  readonly problems: Problems;
  readonly submit: SubmitOwn;
  readonly sources: () => readonly SourceHealth[];
  readonly doubt: () => ClockDoubt | null;
  readonly demo: boolean;
}

/** Sends events of this system into event intake, as any client would; resolves to whether all were taken. */
export type SubmitOwn = (events: readonly Readonly<Record<string, unknown>>[]) => Promise<boolean>;

export function submitOwn(intake: EventIntake, marked: OwnEvents['marked'], now: () => number): SubmitOwn {
  return async (events) => {
    const items = events.map((event) => encodeUtf8(JSON.stringify(marked(event))));
    const results = await intake.submit(items, { id: `own-${now()}`, receivedAt: now() });
    return results.every(({ outcome }) => outcome === 'accepted');
  };
}

const PING_MS = 10_000;

export function composeWatchdog(foundation: Foundation, { reads, commit, problems, submit, sources, doubt, demo }: Parts): Watchdog {
  const { config, clock, timers, logger } = foundation;
  const { on, url } = config.watchdog;
  const allow = new Set(config.channelAllow);
  return createWatchdog({
    ...{ clock, timers, reads, problems, logger, rounds: on && !demo },
    brand: async () => (await reads.policies()).brands.own[0] ?? null,
    submit: (event) => submit([event]),
    close: (keys) =>
      commit(async (tx, touch, at) => {
        if (await closeSynthetic(tx, keys, at)) touch('incidents');
      }),
    stalled: () => sources().some(({ state }) => state === 'down' || state === 'stopped' || state === 'gap'),
    clockAheadMs: () => doubt()?.clockAheadMs ?? null,
    ping:
      url === null || demo
        ? null
        : async () => {
            const answer = await post({ url, headers: {}, body: '' }, { resolve: systemResolve, allow, timeoutMs: PING_MS });
            return answer.kind === 'answer' ? `HTTP ${answer.status}` : answer.words;
          },
  });
}
