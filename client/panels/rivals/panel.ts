import type { Panel } from '../panel.ts';
import { RivalsBody, RivalsNote } from './rivals.tsx';

export const rivals = {
  id: 'rivals',
  page: '/settings/brands',
  view: 'competitors',
  groups: ['rivals'],
  streams: ['competitors'],
  Body: RivalsBody,
  Note: RivalsNote,
} as const satisfies Panel<'competitors'>;
