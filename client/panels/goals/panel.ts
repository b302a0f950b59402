import type { Panel } from '../panel.ts';
import { GoalsBody } from './goals.tsx';

export const goals = {
  id: 'goals',
  view: 'standup',
  groups: ['goals'],
  streams: ['orders'],
  Body: GoalsBody,
  untitled: true,
} as const satisfies Panel<'standup'>;
