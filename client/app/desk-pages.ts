/** The desk pages: each address with the page that it shows. A page is a line here and a file; its code is loaded when it is opened. */
import { lazy } from 'react';
import type { ComponentType } from 'react';

export interface DeskRoute {
  readonly path: RegExp;
  readonly Page: ComponentType;
}

export const deskPages: readonly DeskRoute[] = [
  {
    path: /^\/incidents(?:\/[^/]+)?$/u,
    Page: lazy(async () => ({ default: (await import('../desk/incidents-page.tsx')).IncidentsPage })),
  },
  { path: /^\/standup$/u, Page: lazy(async () => ({ default: (await import('../standup/standup-page.tsx')).StandupPage })) },
  {
    path: /^\/campaigns(?:\/[^/]+)?$/u,
    Page: lazy(async () => ({ default: (await import('../director/campaigns-page.tsx')).CampaignsPage })),
  },
  { path: /^\/kpis$/u, Page: lazy(async () => ({ default: (await import('../numbers/numbers-page.tsx')).NumbersPage })) },
  { path: /^\/kpis\/[^/]+$/u, Page: lazy(async () => ({ default: (await import('../numbers/number-page.tsx')).NumberPage })) },
  { path: /^\/(settings|start)$/u, Page: lazy(async () => ({ default: (await import('../settings/start-page.tsx')).StartPage })) },
  { path: /^\/settings\/brands$/u, Page: lazy(async () => ({ default: (await import('../settings/brands-page.tsx')).BrandsPage })) },
  { path: /^\/settings\/targets$/u, Page: lazy(async () => ({ default: (await import('../settings/targets-page.tsx')).TargetsPage })) },
  { path: /^\/settings\/rules$/u, Page: lazy(async () => ({ default: (await import('../settings/rules-page.tsx')).RulesPage })) },
  {
    path: /^\/settings\/channels$/u,
    Page: lazy(async () => ({ default: (await import('../settings/channels/channels-page.tsx')).ChannelsPage })),
  },
  {
    path: /^\/settings\/roster$/u,
    Page: lazy(async () => ({ default: (await import('../settings/roster/roster-page.tsx')).RosterPage })),
  },
  {
    path: /^\/settings\/ladder$/u,
    Page: lazy(async () => ({ default: (await import('../settings/ladder/ladder-page.tsx')).LadderPage })),
  },
  {
    path: /^\/settings\/severity$/u,
    Page: lazy(async () => ({ default: (await import('../settings/severity/severity-page.tsx')).SeverityPage })),
  },
  {
    path: /^\/settings\/words$/u,
    Page: lazy(async () => ({ default: (await import('../settings/words-page.tsx')).WordsPage })),
  },
  {
    path: /^\/settings\/wall$/u,
    Page: lazy(async () => ({ default: (await import('../settings/wall/wall-settings-page.tsx')).WallSettingsPage })),
  },
  {
    path: /^\/settings\/screens$/u,
    Page: lazy(async () => ({ default: (await import('../settings/screens/screens-page.tsx')).ScreensPage })),
  },
];
