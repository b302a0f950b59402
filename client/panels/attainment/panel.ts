import type { Panel } from '../panel.ts';
import { AttainmentBody } from './attainment.tsx';

export const attainment = {
  id: 'attainment',
  page: '/kpis/sales_attainment',
  view: 'overview',
  groups: ['month', 'quarter'],
  streams: ['orders'],
  Body: AttainmentBody,
  untitled: true,
} as const satisfies Panel<'overview'>;
