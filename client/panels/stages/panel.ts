import type { Panel } from '../panel.ts';
import { StagesBody } from './stages.tsx';

export const stages = {
  id: 'stages',
  view: 'funnel',
  groups: ['stages', 'gap'],
  streams: ['leads', 'orders'],
  Body: StagesBody,
  untitled: true,
} as const satisfies Panel<'funnel'>;
