import type { Panel } from '../panel.ts';
import { ReturnsBody } from './returns.tsx';

export const returns = {
  id: 'returns',
  view: 'campaigns',
  groups: ['runs'],
  streams: ['orders', 'spend'],
  Body: ReturnsBody,
  untitled: true,
} as const satisfies Panel<'campaigns'>;
