import type { Panel } from '../panel.ts';
import { CompetitorsBody } from './competitors.tsx';

export const competitors: Panel = {
  id: 'competitors',
  groups: ['competitors'],
  streams: ['competitors'],
  Body: CompetitorsBody,
};
