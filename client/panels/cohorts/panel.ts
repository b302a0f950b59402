import type { Panel } from '../panel.ts';
import { CohortsBody, CohortsNote } from './cohorts.tsx';

export const cohorts = {
  id: 'cohorts',
  page: '/kpis/lead_conversion',
  view: 'funnel',
  groups: ['cohorts'],
  streams: ['leads'],
  Body: CohortsBody,
  Note: CohortsNote,
} as const satisfies Panel<'funnel'>;
