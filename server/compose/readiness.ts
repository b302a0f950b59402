/** The answer of GET /readyz: whether the workspace is working, why it is not, and how many records it is behind. */
import type { SourceHealth, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { ClockDoubt } from '../pipeline/incidents/clock-watch.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { LedgerStatus } from '../pipeline/ports/ledger.ts';
import type { Readiness } from '../pipeline/services/services.ts';

export interface ReadinessParts {
  /** Freshness of the streams; rejects with `Unavailable`. */
  readonly streams: () => Promise<readonly StreamFreshness[]>;
  readonly sources: readonly SourceHealth[];
  /** Reasons other than the health of the sources. */
  readonly reasons: Readiness['reasons'];
  readonly consumed: Readiness['consumed'];
  readonly ledger: LedgerStatus;
  readonly demo: boolean;
  readonly build: string;
}

export async function readinessOf({
  streams: read,
  sources,
  reasons: more,
  consumed,
  ledger,
  demo,
  build,
}: ReadinessParts): Promise<Readiness> {
  const reasons = sources
    .filter((s) => s.state !== 'running')
    .map((s) => ({ code: s.reason ?? s.state, detail: s.detail ?? `The source ${s.source} is ${s.state}.` }));
  reasons.push(...more);
  let streams: Readiness['streams'] = [];
  try {
    streams = await read();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    reasons.push({ code: error.code, detail: error.message });
  }
  const lags = sources.map((s) => s.lag);
  const lag = lags.includes(null) ? null : lags.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  return { ready: reasons.length === 0, reasons, lag, sources, streams, consumed, ledger, workspace: { demo }, build };
}

/** The reason why the clock of this machine must be wrong; empty when nothing suggests it. */
export function clockReason(doubt: ClockDoubt | null): Readiness['reasons'] {
  if (doubt === null || doubt.clockBehindMs === 0) return [];
  const seconds = Math.round(doubt.clockBehindMs / 1_000);
  const detail = `The clock of this machine is ${seconds} s behind the newest row of its store: set it right. Until then no event is refused as future_dated.`;
  return [{ code: 'clock_behind_store', detail }];
}
