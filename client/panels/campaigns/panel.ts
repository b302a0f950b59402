import type { Panel } from '../panel.ts';
import { CampaignsBody, CampaignsNote } from './campaigns.tsx';

export const campaigns: Panel = {
  id: 'campaigns',
  groups: ['campaigns'],
  streams: ['spend'],
  Body: CampaignsBody,
  Note: CampaignsNote,
};
