/** The views there are: what one kind of screen shows, in groups that are sent whole. A new view is its schema and a line here. */
import type * as z from 'zod';
import { incidentsState } from './incidents.ts';
import { overviewState } from './overview.ts';

export const views = {
  overview: overviewState,
  incidents: incidentsState,
} as const;

export type ViewName = keyof typeof views;
export type Views = { readonly [V in ViewName]: z.infer<(typeof views)[V]> };
export const viewNames = Object.keys(views) as readonly ViewName[];
