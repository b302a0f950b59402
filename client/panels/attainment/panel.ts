import type { Panel } from '../panel.ts';
import { AttainmentBody } from './attainment.tsx';

export const attainment: Panel = {
  id: 'attainment',
  groups: ['month', 'quarter'],
  streams: ['orders'],
  Body: AttainmentBody,
  untitled: true,
};
