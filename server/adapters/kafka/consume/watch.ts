/**
 * Watches a running session on a connection of its own: it measures lag, notices a silent broker and topics that appear,
 * and runs the progress alarm [I14].
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClockPort } from '../../../pipeline/ports/clock.ts';
import type { SourceStatus } from '../../../pipeline/ingest/source-status.ts';
import { isUnknownTopic, classify } from '../failures.ts';
import type { SessionEnd } from './membership.ts';
import type { Progress } from './progress.ts';
import type { Session } from './session.ts';

export interface WatchTiming {
  /** How often the broker is asked for missing topics, ends, ids and group members, and the progress alarm is checked. */
  readonly pollMs: number;
  /** A session whose broker has not answered for longer than this is ended, and a new one is started. */
  readonly silenceMs: number;
}

export interface WatchParts {
  readonly session: Session;
  readonly progress: Progress;
  readonly status: SourceStatus;
  readonly clock: ClockPort;
  readonly timing: WatchTiming;
  /** Resolves to true if a topic that was missing exists now. */
  readonly topicsAppeared: () => Promise<boolean>;
  /**
   * Resolves to a sentence about members of our group that write another store; null = there are none, undefined = not
   * known at the moment.
   */
  readonly foreignMembers: () => Promise<string | null | undefined>;
}

/** Reasons of the connection's status that no longer hold once the broker answers. */
const passingReasons = ['broker_unreachable', 'broker_error', 'foreign_group_member'];

/** Resolves with the reason to end the session; `over` ends the watching. */
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

/**
 * Shows foreign members on the source while reading continues; what this store lacks, it reads after the other member
 * has left the group [I15].
 */
function showForeignMembers(status: SourceStatus, detail: string | null | undefined): void {
  if (detail === null) status.clear('group');
  else if (detail !== undefined) status.set('group', { state: 'gap', reason: 'foreign_group_member', detail });
}
