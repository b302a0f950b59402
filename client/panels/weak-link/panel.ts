import type { Panel } from '../panel.ts';
import { WeakLinkBody, WeakLinkNote } from './weak-link.tsx';

export const weakLink = {
  id: 'weakLink',
  page: '/wall/funnel',
  view: 'standup',
  groups: ['weakLink'],
  streams: ['leads'],
  Body: WeakLinkBody,
  Note: WeakLinkNote,
} as const satisfies Panel<'standup'>;
