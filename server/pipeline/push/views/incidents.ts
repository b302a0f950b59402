/** The incident list page, in groups. */
import type { IncidentPage } from '../../../../shared/incidents/types.ts';
import { cursorOf } from '../../ports/page.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { View } from '../view.ts';

/** First pages; what lies behind them is asked for through the API. */
const OPEN_SHOWN = 100;
const RECENT_SHOWN = 30;

export function incidentsView(reads: Pick<StoreReads, 'incidents' | 'pendingHistory'>): View<'incidents'> {
  async function page(open: boolean, limit: number): Promise<IncidentPage> {
    const { rows, total, next } = await reads.incidents({ open, limit, after: null });
    return { incidents: rows, total, next: cursorOf(next) };
  }
  const groups = {
    open: () => page(true, OPEN_SHOWN),
    recent: () => page(false, RECENT_SHOWN),
    pendingHistory: async () => (await reads.pendingHistory({ limit: 0, after: null })).total,
  };
  return {
    name: 'incidents',
    groups: ['open', 'recent', 'pendingHistory'],
    affectedBy(touched) {
      if (touched === 'incidents') return ['open', 'recent', 'pendingHistory'];
      // A closed story may gain mentions too.
      if (touched === 'incidentMentions') return ['open', 'recent', 'pendingHistory'];
      // A mention or another own brand may add to what waits for a decision.
      if (touched === 'mentions' || touched === 'policies') return ['pendingHistory'];
      return [];
    },
    refreshMs: {},
    // Of the half second a mention may take to an open desk; a story that spreads has the list read four times a second at most.
    throttleMs: { open: 250, recent: 1_000, pendingHistory: 2_000 },
    read: (group) => groups[group]() as ReturnType<View<'incidents'>['read']> as never,
  };
}
