/** The wall's 客户 scene, in groups. */
import type { FunnelGroup, FunnelState } from '../../../../shared/wire/views/funnel.ts';
import { nextDay } from '../../../domain/time/turn.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { View } from '../view.ts';
import { createFunnelGroups } from './funnel-groups.ts';
import { STRIP_REFRESH_MS, stripGroup, touchesStrip } from './strip-group.ts';
import type { ViewParts } from './view-parts.ts';

const figures = ['stages', 'gap', 'cohorts', 'costs'] as const;

const affected: Partial<Record<Touched, readonly FunnelGroup[]>> = {
  sales: ['stages', 'gap', 'costs'],
  leads: figures,
  // Spend.
  campaigns: ['costs'],
  targets: ['stages', 'gap', 'cohorts'],
  policies: figures,
};

/** Every figure is one of a month, so a quarter of a minute is soon enough for those of a wall. */
const EVERY_MS = 15_000;

export function createFunnelView(parts: ViewParts): View<'funnel'> {
  const read: { readonly [G in FunnelGroup]: () => Promise<FunnelState[G]> } = {
    ...createFunnelGroups(parts),
    strip: () => stripGroup(parts),
  };
  const day = (now: number) => nextDay(parts.calendar, now);
  return {
    name: 'funnel',
    groups: [...figures, 'strip'],
    affectedBy: (touched) => [...(affected[touched] ?? []), ...(touchesStrip.includes(touched) ? (['strip'] as const) : [])],
    refreshMs: { stages: 60_000, gap: 60_000, cohorts: 60_000, costs: 60_000, strip: STRIP_REFRESH_MS },
    turnsAfter: { stages: day, gap: day, cohorts: day, costs: day },
    mayWait: [...figures],
    throttleMs: { stages: EVERY_MS, gap: EVERY_MS, cohorts: EVERY_MS, costs: EVERY_MS },
    read: (group) => read[group](),
  };
}
