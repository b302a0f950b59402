import type { Panel } from '../panel.ts';
import { GapBody, GapNote } from './gap.tsx';

export const gap = {
  id: 'gap',
  page: '/kpis',
  view: 'funnel',
  groups: ['gap'],
  streams: ['leads', 'orders'],
  Body: GapBody,
  Note: GapNote,
} as const satisfies Panel<'funnel'>;
