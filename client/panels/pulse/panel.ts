import type { Panel } from '../panel.ts';
import { PulseBody, PulseNote } from './pulse.tsx';

export const pulse = {
  id: 'pulse',
  page: '/kpis/net_sentiment',
  view: 'sentiment',
  groups: ['pulse'],
  streams: ['mentions'],
  Body: PulseBody,
  Note: PulseNote,
} as const satisfies Panel<'sentiment'>;
