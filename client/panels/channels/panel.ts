import type { Panel } from '../panel.ts';
import { ChannelsBody, ChannelsNote } from './channels.tsx';

export const channels: Panel = {
  id: 'channels',
  groups: ['channels'],
  streams: ['orders'],
  Body: ChannelsBody,
  Note: ChannelsNote,
};
