import type { Panel } from '../panel.ts';
import { WindowShareBody, WindowShareNote } from './window-share.tsx';

export const windowShare = {
  id: 'windowShare',
  page: '/kpis/campaign_share',
  view: 'campaigns',
  groups: ['windowShare'],
  streams: ['orders'],
  Body: WindowShareBody,
  Note: WindowShareNote,
} as const satisfies Panel<'campaigns'>;
