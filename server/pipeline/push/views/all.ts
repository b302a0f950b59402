/** Every view with what computes it: the broadcaster, the sockets and the API follow from this list. A new view is a file and a line. */
import type { ViewName } from '../../../../shared/wire/views/all.ts';
import type { View } from '../view.ts';
import { campaignsView } from './campaigns.ts';
import { competitorsView } from './competitors.ts';
import { createFunnelView } from './funnel.ts';
import { incidentsView } from './incidents.ts';
import { createOverviewView } from './overview.ts';
import { createStandupView } from './standup.ts';
import { createSentimentView } from './sentiment.ts';
import type { ViewParts } from './view-parts.ts';

export type AllViews = { readonly [V in ViewName]: View<V> };

export function createViews(parts: ViewParts): AllViews {
  return {
    overview: createOverviewView(parts),
    incidents: incidentsView(parts.reads),
    competitors: competitorsView(parts),
    standup: createStandupView(parts),
    sentiment: createSentimentView(parts),
    campaigns: campaignsView(parts),
    funnel: createFunnelView(parts),
  };
}
