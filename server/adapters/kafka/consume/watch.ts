/** Looks after a running session from outside, on a connection of its own: lag, silence, missing topics, the progress alarm [I14]. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClockPort } from '../../../pipeline/ports/clock.ts';
import type { SourceStatus } from '../../../pipeline/ingest/source-status.ts';
import { isUnknownTopic, classify } from '../failures.ts';
import type { SessionEnd } from './membership.ts';
import type { Progress } from './progress.ts';
import type { Session } from './session.ts';

export interface WatchTiming {
  /** How often the broker is asked for missing topics, ends, identities and group members, and progress is checked. */
  readonly pollMs: number;
  /** A session whose broker has not answered for longer is given up and started anew. */
  readonly silenceMs: number;
}

export interface WatchParts {
  readonly session: Session;
  readonly progress: Progress;
  readonly status: SourceStatus;
  readonly clock: ClockPort;
  readonly timing: WatchTiming;
  /** True when a topic that was missing is there. */
  readonly topicsAppeared: () => Promise<boolean>;
  /** A sentence about members of our group that write another store; null = there are none, undefined = unknown just now. */
  readonly foreignMembers: () => Promise<string | null | undefined>;
}

/** What ends by itself once the broker answers again. */
const passingReasons = ['broker_unreachable', 'broker_error', 'foreign_group_member'];

/** Resolves with the reason to end the session, or when `over` is aborted. */
export async function watch(parts: WatchParts, over: AbortSignal): Promise<SessionEnd | { readonly kind: 'topics' }> {
  const { session, progress, status, clock, timing } = parts;
  let answeredAt = clock.monotonic();
  for (;;) {
    await sleep(timing.pollMs, undefined, { signal: over }).catch(() => {});
    if (over.aborted) return { kind: 'stopped' };
    try {
      if (await parts.topicsAppeared()) return { kind: 'topics' };
      await session.pollTopics();
      await session.commitForLagTools();
      showForeignMembers(status, await parts.foreignMembers());
    } catch (error) {
      if (isUnknownTopic(error)) return { kind: 'topics' };
      const failure = classify(error);
      if (failure.kind === 'lasting' || clock.monotonic() - answeredAt > timing.silenceMs) return { kind: 'failed', error };
      status.set('connection', { state: 'down', reason: failure.reason, detail: failure.detail });
      continue;
    }
    answeredAt = clock.monotonic();
    for (const reason of passingReasons) if (status.has('connection', reason)) status.clear('connection');
    const stalled = progress.stalled(clock.monotonic());
    if (stalled) return { kind: 'bug', error: new Error(`Kafka source cannot go on: ${stalled}`) };
  }
}

/** Reading goes on: what each store lacks it reads when the other has left the group [I15]. */
function showForeignMembers(status: SourceStatus, detail: string | null | undefined): void {
  if (detail === null) status.clear('group');
  else if (detail !== undefined) status.set('group', { state: 'gap', reason: 'foreign_group_member', detail });
}
