import type { Panel } from '../panel.ts';
import { ChannelsBody, ChannelsNote } from './channels.tsx';

export const channels = {
  id: 'channels',
  page: '/kpis/net_sales',
  view: 'overview',
  groups: ['channels'],
  streams: ['orders'],
  Body: ChannelsBody,
  Note: ChannelsNote,
} as const satisfies Panel<'overview'>;
