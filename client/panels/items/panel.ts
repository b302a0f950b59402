import type { Panel } from '../panel.ts';
import { ItemsBody, ItemsNote } from './items.tsx';

export const items = {
  id: 'items',
  page: '/standup',
  view: 'standup',
  groups: ['items'],
  streams: [],
  Body: ItemsBody,
  Note: ItemsNote,
} as const satisfies Panel<'standup'>;
