import type { Panel } from '../panel.ts';
import { HoursBody, HoursNote } from './hours.tsx';

export const hours = {
  id: 'hours',
  // Both show where the day will land.
  turn: 'landing',
  page: '/kpis/net_sales',
  view: 'overview',
  groups: ['hours', 'today'],
  streams: ['orders'],
  Body: HoursBody,
  Note: HoursNote,
} as const satisfies Panel<'overview'>;
