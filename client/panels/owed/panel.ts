import type { Panel } from '../panel.ts';
import { OwedBody, OwedNote } from './owed.tsx';

export const owed = {
  id: 'owed',
  page: '/standup',
  view: 'standup',
  groups: ['owed'],
  streams: [],
  Body: OwedBody,
  Note: OwedNote,
} as const satisfies Panel<'standup'>;
