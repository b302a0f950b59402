import type { Panel } from '../panel.ts';
import { LeadMoveBody } from './lead-move.tsx';

export const leadMove = {
  id: 'leadMove',
  view: 'competitors',
  groups: ['leadMove'],
  streams: ['competitors'],
  Body: LeadMoveBody,
} as const satisfies Panel<'competitors'>;
