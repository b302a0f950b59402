import type { Panel } from '../panel.ts';
import { SentenceBody } from './sentence.tsx';

export const sentence = {
  id: 'sentence',
  // Both show where the day will land.
  turn: 'landing',
  view: 'overview',
  groups: ['sentence'],
  streams: ['orders', 'mentions'],
  Body: SentenceBody,
  untitled: true,
  bare: true,
} as const satisfies Panel<'overview'>;
