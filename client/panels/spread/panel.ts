import type { Panel } from '../panel.ts';
import { SpreadBody, SpreadNote } from './spread.tsx';

export const spread = {
  id: 'spread',
  page: '/incidents',
  view: 'sentiment',
  groups: ['spread'],
  streams: ['mentions'],
  Body: SpreadBody,
  Note: SpreadNote,
} as const satisfies Panel<'sentiment'>;
