import type { Panel } from '../panel.ts';
import { HeatBody, HeatNote } from './heat.tsx';

export const heat = {
  id: 'heat',
  page: '/incidents',
  view: 'sentiment',
  groups: ['heat'],
  streams: ['mentions'],
  Body: HeatBody,
  Note: HeatNote,
} as const satisfies Panel<'sentiment'>;
