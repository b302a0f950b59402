/**
 * Freshness of the data, which is independent of the connection [S3]: how old the last event of a stream is, and whether
 * what feeds the stream is alive. It is computed from timestamps when painting and never stored.
 */
import type { Stream, StreamFreshness } from '../../shared/wire/freshness.ts';
import { LEAST_LIFE_MS, streams } from '../../shared/wire/constants.ts';

/**
 * `no_answer`: no sign of life within the budget. `silence`: the source may be alive, and the stream is silent for longer
 * than it is used to at this hour of the week.
 */
export type StaleReason = 'no_answer' | 'silence';

export interface StreamStatus {
  readonly stream: Stream;
  /** ms since the last event; null = there was none yet. */
  readonly ageMs: number | null;
  /** `quiet`: no event within the budget, and no reason to worry. `never`: there was no event yet, so nothing old is shown. */
  readonly state: 'fresh' | 'quiet' | 'stale' | 'never';
  /** Why it is stale; null in every other state. */
  readonly reason: StaleReason | null;
  /** Its source showed a sign of life of its own, beside events. */
  readonly alive: boolean;
  /** The longest silence usual at this hour; null = not learnt yet. */
  readonly usualMs: number | null;
}

export function streamStatus(freshness: StreamFreshness, now: number): StreamStatus {
  const { stream, lastReceivedAt, lastOccurredAt, aliveAt, budgetMs, usualSilenceMs: usualMs } = freshness;
  // Imported history has an age and is no sign of life.
  const lastAt = lastReceivedAt ?? lastOccurredAt;
  const ageMs = lastAt === null ? null : Math.max(0, now - lastAt);
  const reason = staleReason(freshness, now, ageMs);
  const state = reason !== null ? 'stale' : ageMs === null ? 'never' : ageMs > budgetMs ? 'quiet' : 'fresh';
  return { stream, ageMs, state, reason, alive: aliveAt !== null, usualMs };
}

function staleReason(freshness: StreamFreshness, now: number, ageMs: number | null): StaleReason | null {
  const { lastReceivedAt, aliveAt, budgetMs, usualSilenceMs } = freshness;
  if (aliveAt !== null) {
    const lifeMs = now - Math.max(aliveAt, lastReceivedAt ?? aliveAt);
    if (lifeMs > Math.max(budgetMs, LEAST_LIFE_MS)) return 'no_answer';
  }
  if (ageMs === null) return null;
  // A stream is never expected to speak more often than its budget says.
  if (usualSilenceMs !== null) return ageMs > Math.max(usualSilenceMs, budgetMs) ? 'silence' : null;
  // Its own events are all the life it shows, and what is usual is not known yet.
  return aliveAt === null && ageMs > budgetMs ? 'no_answer' : null;
}

/** The status of all five streams in a fixed order, also when the server names fewer. */
export function streamStatuses(known: readonly StreamFreshness[], now: number): readonly StreamStatus[] {
  return streams.map((stream) => {
    const found = known.find((f) => f.stream === stream);
    return found ? streamStatus(found, now) : { stream, ageMs: null, state: 'never', reason: null, alive: false, usualMs: null };
  });
}

/** The status of a group fed by several streams is that of its oldest stale stream, else of the oldest one. */
export function worstStatus(statuses: readonly StreamStatus[]): StreamStatus | null {
  let worst: StreamStatus | null = null;
  for (const status of statuses) {
    if (status.ageMs === null) continue;
    const [stale, worstStale] = [status.state === 'stale', worst?.state === 'stale'];
    if (!worst || (stale === worstStale ? status.ageMs > (worst.ageMs ?? 0) : stale)) worst = status;
  }
  return worst;
}
