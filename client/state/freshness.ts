/** Freshness of the data, which is independent of the connection [S3]. It is computed from timestamps when painting and never stored. */
import type { Stream, StreamFreshness } from '../../shared/wire/freshness.ts';
import { streams } from '../../shared/wire/constants.ts';

export interface StreamStatus {
  readonly stream: Stream;
  /** ms since the last fact was accepted; null = there was none yet. */
  readonly ageMs: number | null;
  readonly budgetMs: number;
  /** True if the age is over the budget of the stream. A stream without any fact is `never` and not stale, because it shows nothing old. */
  readonly state: 'fresh' | 'stale' | 'never';
}

export function streamStatus(freshness: StreamFreshness, now: number): StreamStatus {
  const { stream, lastReceivedAt, budgetMs } = freshness;
  if (lastReceivedAt === null) return { stream, ageMs: null, budgetMs, state: 'never' };
  const ageMs = Math.max(0, now - lastReceivedAt);
  return { stream, ageMs, budgetMs, state: ageMs > budgetMs ? 'stale' : 'fresh' };
}

/** The status of all five streams in a fixed order, also when the server names fewer. */
export function streamStatuses(known: readonly StreamFreshness[], now: number): readonly StreamStatus[] {
  return streams.map((stream) => {
    const found = known.find((f) => f.stream === stream);
    return found ? streamStatus(found, now) : { stream, ageMs: null, budgetMs: 0, state: 'never' as const };
  });
}

/** The status of a group fed by several streams is the status of its oldest. */
export function worstStatus(statuses: readonly StreamStatus[]): StreamStatus | null {
  let worst: StreamStatus | null = null;
  for (const status of statuses) {
    if (status.ageMs === null) continue;
    if (!worst || status.ageMs - status.budgetMs > (worst.ageMs ?? 0) - worst.budgetMs) worst = status;
  }
  return worst;
}
