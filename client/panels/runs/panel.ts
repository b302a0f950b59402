import type { Panel } from '../panel.ts';
import { RunsBody } from './runs.tsx';

export const runs = {
  id: 'runs',
  page: '/campaigns',
  view: 'campaigns',
  groups: ['runs'],
  streams: ['spend'],
  Body: RunsBody,
} as const satisfies Panel<'campaigns'>;
