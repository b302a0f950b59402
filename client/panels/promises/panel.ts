import type { Panel } from '../panel.ts';
import { PromisesBody, PromisesNote } from './promises.tsx';

export const promises = {
  id: 'promises',
  page: '/standup',
  view: 'overview',
  groups: ['promises'],
  streams: [],
  Body: PromisesBody,
  narrow: true,
  Note: PromisesNote,
} as const satisfies Panel<'overview'>;
