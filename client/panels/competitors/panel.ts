import type { Panel } from '../panel.ts';
import { CompetitorsBody } from './competitors.tsx';

export const competitors = {
  id: 'competitors',
  page: '/wall/competitors',
  view: 'overview',
  groups: ['competitors'],
  streams: ['competitors'],
  Body: CompetitorsBody,
} as const satisfies Panel<'overview'>;
