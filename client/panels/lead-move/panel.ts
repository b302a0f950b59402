import type { Panel } from '../panel.ts';
import { LeadMoveBody } from './lead-move.tsx';

export const leadMove = {
  id: 'leadMove',
  page: '/settings/brands',
  view: 'competitors',
  groups: ['leadMove', 'rivals'],
  streams: ['competitors'],
  title: ({ leadMove: lead }) => (lead?.days === 7 ? 'leadMoveWeek' : 'leadMove'),
  Body: LeadMoveBody,
} as const satisfies Panel<'competitors'>;
