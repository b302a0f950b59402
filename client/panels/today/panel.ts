import type { Panel } from '../panel.ts';
import { TodayBody, TodayNote } from './today.tsx';

export const today = {
  id: 'today',
  page: '/kpis/net_sales',
  view: 'overview',
  groups: ['today'],
  streams: ['orders'],
  Body: TodayBody,
  Note: TodayNote,
} as const satisfies Panel<'overview'>;
