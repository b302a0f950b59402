import type { Panel } from '../panel.ts';
import { CostsBody, CostsNote } from './costs.tsx';

export const costs = {
  id: 'costs',
  page: '/kpis/cpl',
  view: 'funnel',
  groups: ['costs'],
  streams: ['spend', 'leads'],
  Body: CostsBody,
  Note: CostsNote,
} as const satisfies Panel<'funnel'>;
