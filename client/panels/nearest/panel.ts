import type { Panel } from '../panel.ts';
import { NearestBody } from './nearest.tsx';

export const nearest = {
  id: 'nearest',
  view: 'sentiment',
  groups: ['nearest', 'strip'],
  streams: ['mentions'],
  Body: NearestBody,
  untitled: true,
} as const satisfies Panel<'sentiment'>;
