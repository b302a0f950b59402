/** Decides how old the data of a panel are and whether the panel must show their age. Pure. */
import type { Stream, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { Screen } from '../state/screen-store.ts';
import { streamStatuses, worstStatus } from '../state/freshness.ts';

export interface PanelAge {
  /** stale = a stream of the panel is; the head says why. frozen = the connection is lost, so the data cannot change. */
  readonly status: 'fresh' | 'stale' | 'frozen';
  readonly ageMs: number;
}

interface Now {
  readonly streams: readonly StreamFreshness[];
  readonly phase: Screen['phase'];
  readonly now: number;
  readonly heartbeatAt: number | null;
}

export function panelAge(of: readonly Stream[], screen: Now): PanelAge {
  const statuses = streamStatuses(screen.streams, screen.now).filter((status) => of.includes(status.stream));
  const worst = worstStatus(statuses);
  const sinceHeard = screen.heartbeatAt === null ? 0 : Math.max(0, screen.now - screen.heartbeatAt);
  const ageMs = worst?.ageMs ?? 0;
  if (screen.phase === 'grey') return { status: 'frozen', ageMs: Math.max(sinceHeard, ageMs) };
  return { status: worst?.state === 'stale' ? 'stale' : 'fresh', ageMs };
}
