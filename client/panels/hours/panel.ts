import type { Panel } from '../panel.ts';
import { HoursBody, HoursNote } from './hours.tsx';

export const hours: Panel = {
  id: 'hours',
  groups: ['hours', 'today'],
  streams: ['orders'],
  Body: HoursBody,
  Note: HoursNote,
};
