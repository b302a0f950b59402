import type { Panel } from '../panel.ts';
import { SinceBody } from './since.tsx';

export const since = {
  id: 'since',
  view: 'standup',
  groups: ['since'],
  streams: ['orders'],
  Body: SinceBody,
  untitled: true,
} as const satisfies Panel<'standup'>;
