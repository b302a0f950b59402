/** How old a panel's data are, and whether it must say so. Pure. */
import type { Stream, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { Screen } from '../state/screen-store.ts';
import { streamLooks, worstLook } from '../state/freshness.ts';

export interface PanelAge {
  /** frozen: the connection is gone, nothing can change any more. */
  readonly look: 'fresh' | 'stale' | 'frozen';
  readonly ageMs: number;
  readonly budgetMs: number;
}

interface Now {
  readonly streams: readonly StreamFreshness[];
  readonly phase: Screen['phase'];
  readonly now: number;
  readonly heardAt: number | null;
}

export function panelAge(of: readonly Stream[], screen: Now): PanelAge {
  const looks = streamLooks(screen.streams, screen.now).filter((look) => of.includes(look.stream));
  const worst = worstLook(looks);
  const sinceHeard = screen.heardAt === null ? 0 : Math.max(0, screen.now - screen.heardAt);
  if (screen.phase === 'grey') return { look: 'frozen', ageMs: Math.max(sinceHeard, worst?.ageMs ?? 0), budgetMs: worst?.budgetMs ?? 0 };
  if (worst?.state === 'stale' && worst.ageMs !== null) return { look: 'stale', ageMs: worst.ageMs, budgetMs: worst.budgetMs };
  return { look: 'fresh', ageMs: worst?.ageMs ?? 0, budgetMs: worst?.budgetMs ?? 0 };
}
