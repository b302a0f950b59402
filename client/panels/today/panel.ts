import type { Panel } from '../panel.ts';
import { TodayBody, TodayNote } from './today.tsx';

export const today: Panel = {
  id: 'today',
  groups: ['today'],
  streams: ['orders'],
  Body: TodayBody,
  Note: TodayNote,
};
