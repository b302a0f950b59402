/** The wall's 活动 scene, in groups. */
import type { CampaignsGroup, CampaignsState } from '../../../../shared/wire/views/campaigns.ts';
import { nextDay } from '../../../domain/time/turn.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { View } from '../view.ts';
import { runsGroup } from './runs-group.ts';
import { STRIP_REFRESH_MS, stripGroup, touchesStrip } from './strip-group.ts';
import type { ViewParts } from './view-parts.ts';
import { windowShareGroup } from './window-share-group.ts';

const figures = ['runs', 'windowShare'] as const;

const affected: Partial<Record<Touched, readonly CampaignsGroup[]>> = {
  sales: figures,
  // A lead names the campaign of orders that name none (R13).
  leads: ['runs'],
  campaigns: figures,
  targets: ['windowShare'],
  periods: ['windowShare'],
  policies: figures,
};

export function campaignsView(parts: ViewParts): View<'campaigns'> {
  const read: { readonly [G in CampaignsGroup]: () => Promise<CampaignsState[G]> } = {
    runs: () => runsGroup(parts),
    windowShare: () => windowShareGroup(parts),
    strip: () => stripGroup(parts),
  };
  return {
    name: 'campaigns',
    groups: ['runs', 'windowShare', 'strip'],
    affectedBy: (touched) => [...(affected[touched] ?? []), ...(touchesStrip.includes(touched) ? (['strip'] as const) : [])],
    refreshMs: { runs: 60_000, windowShare: 60_000, strip: STRIP_REFRESH_MS },
    turnsAfter: { runs: (now) => nextDay(parts.calendar, now), windowShare: (now) => nextDay(parts.calendar, now) },
    mayWait: [...figures],
    throttleMs: { runs: 5_000, windowShare: 5_000 },
    read: (group) => read[group](),
  };
}
