/** How a campaign moves: a phase begins, it ends. `time` says when. */
import * as z from 'zod';
import { defineEvent } from './define.ts';
import { id, version } from './fields.ts';

export const campaignPhase = defineEvent({
  type: 'campaign.phase',
  topic: 'campaigns',
  kind: 'campaignPhase',
  summary: 'A phase of a campaign began; `time` is when.',
  data: z.object({ campaignId: id, version, phase: z.enum(['warmup', 'burst', 'review']) }),
  key: (d) => [d.campaignId, 'campaign.phase'],
  example: { campaignId: 'C-1111', version: 1, phase: 'burst' },
});

export const campaignEnded = defineEvent({
  type: 'campaign.ended',
  topic: 'campaigns',
  kind: 'campaignEnd',
  summary: 'A campaign ended; `time` is when.',
  data: z.object({ campaignId: id, version }),
  key: (d) => [d.campaignId, 'campaign.ended'],
  example: { campaignId: 'C-1111', version: 1 },
});
