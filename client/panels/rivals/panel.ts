import type { Panel } from '../panel.ts';
import { RivalsBody, RivalsNote } from './rivals.tsx';

export const rivals = {
  id: 'rivals',
  view: 'competitors',
  groups: ['rivals'],
  streams: ['competitors'],
  Body: RivalsBody,
  Note: RivalsNote,
} as const satisfies Panel<'competitors'>;
