/** The views there are: what one kind of screen shows, in groups. A new view is its schema and a line here. */
import type * as z from 'zod';
import { campaignsState } from './campaigns.ts';
import { competitorsState } from './competitors.ts';
import { funnelState } from './funnel.ts';
import { incidentsState } from './incidents.ts';
import { overviewState } from './overview.ts';
import { standupState } from './standup.ts';
import { sentimentState } from './sentiment.ts';

export const views = {
  overview: overviewState,
  incidents: incidentsState,
  competitors: competitorsState,
  standup: standupState,
  sentiment: sentimentState,
  campaigns: campaignsState,
  funnel: funnelState,
} as const;

export type ViewName = keyof typeof views;
export type Views = { readonly [V in ViewName]: z.infer<(typeof views)[V]> };
/** Groups of a view, as a patch carries them. */
export const groupsOf = (view: ViewName): readonly string[] => Object.keys(views[view].unwrap().shape);
export const viewNames = Object.keys(views) as readonly ViewName[];
