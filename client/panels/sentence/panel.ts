import type { Panel } from '../panel.ts';
import { SentenceBody } from './sentence.tsx';

export const sentence = {
  id: 'sentence',
  view: 'overview',
  groups: ['sentence'],
  streams: ['orders', 'mentions'],
  Body: SentenceBody,
  untitled: true,
  bare: true,
} as const satisfies Panel<'overview'>;
