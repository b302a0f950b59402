import type { Panel } from '../panel.ts';
import { RunsBody, RunsNote } from './runs.tsx';

export const runs = {
  id: 'runs',
  view: 'campaigns',
  groups: ['runs'],
  streams: ['spend'],
  Body: RunsBody,
  Note: RunsNote,
} as const satisfies Panel<'campaigns'>;
