import type { Panel } from '../panel.ts';
import { KeptBody, KeptNote } from './kept.tsx';

export const kept = {
  id: 'kept',
  page: '/standup',
  view: 'standup',
  groups: ['kept'],
  streams: [],
  Body: KeptBody,
  Note: KeptNote,
} as const satisfies Panel<'standup'>;
