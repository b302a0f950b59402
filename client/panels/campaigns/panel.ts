import type { Panel } from '../panel.ts';
import { CampaignsBody, CampaignsNote } from './campaigns.tsx';

export const campaigns = {
  id: 'campaigns',
  page: '/campaigns',
  view: 'overview',
  groups: ['campaigns'],
  streams: ['spend'],
  Body: CampaignsBody,
  Note: CampaignsNote,
} as const satisfies Panel<'overview'>;
