/** The incident list page, in groups. */
import { byNearestDeadline } from '../../../domain/incidents/strip.ts';
import { viewOf } from '../../incidents/incident-view.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { View } from '../view.ts';

/** A page of work, not an archive; what is beyond it is reached through the API. */
const OPEN_SHOWN = 200;
const RECENT_SHOWN = 50;

export function incidentsView(reads: Pick<StoreReads, 'incidents' | 'pendingHistory'>): View<'incidents'> {
  const groups = {
    open: async () => byNearestDeadline((await reads.incidents({ open: true, limit: OPEN_SHOWN })).map(viewOf)),
    recent: async () => (await reads.incidents({ open: false, limit: RECENT_SHOWN })).map(viewOf),
    pendingHistory: async () => (await reads.pendingHistory(0)).total,
  };
  return {
    name: 'incidents',
    groups: ['open', 'recent', 'pendingHistory'],
    affectedBy(touched) {
      if (touched === 'incidents') return ['open', 'recent', 'pendingHistory'];
      // A mention or another own brand may add to what waits for a decision.
      if (touched === 'mentions' || touched === 'policies') return ['pendingHistory'];
      return [];
    },
    refreshMs: {},
    throttleMs: { pendingHistory: 1_000 },
    read: (group) => groups[group]() as ReturnType<View<'incidents'>['read']> as never,
  };
}
