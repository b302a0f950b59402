import type { Panel } from '../panel.ts';
import { CallsBody, CallsNote } from './calls.tsx';

export const calls = {
  id: 'calls',
  page: '/incidents',
  view: 'sentiment',
  groups: ['calls', 'nearest'],
  streams: ['mentions'],
  Body: CallsBody,
  Note: CallsNote,
} as const satisfies Panel<'sentiment'>;
