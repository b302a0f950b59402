import * as z from 'zod';
import { defineEvent } from './define.ts';
import { businessDay, count, currency, id, money, name, version } from './fields.ts';

/** Business days, both inclusive. */
const span = z
  .object({ from: businessDay, to: businessDay })
  .refine((s) => s.from <= s.to, { error: '`to` lies before `from`', path: ['to'] });

export const campaignPlanned = defineEvent({
  type: 'campaign.planned',
  topic: 'campaigns',
  kind: 'campaign',
  summary: 'A campaign was planned or its plan changed.',
  data: z.object({
    campaignId: id,
    version,
    name,
    shortName: name.optional(),
    owner: name,
    kind: z.enum(['node', 'theme', 'offline', 'always-on']),
    node: name.optional(),
    channels: z.array(name).max(100),
    skus: z.array(name).max(500).optional(),
    budget: money,
    currency,
    targets: z.object({
      sales: money.optional(),
      roi: z.number().optional(),
      reads: count.optional(),
      likes: count.optional(),
      shares: count.optional(),
      reach: count.optional(),
      leads: count.optional(),
    }),
    phases: z.object({ warmup: span, burst: span, review: span }),
  }),
  key: (d) => [d.campaignId, 'campaign.planned'],
  example: {
    campaignId: 'C-1111',
    version: 1,
    name: '双11 全域大促',
    shortName: '双11',
    owner: '陈放',
    kind: 'node',
    node: '双11',
    channels: ['天猫', '京东', '抖音'],
    skus: ['X5'],
    budget: 80_000_000,
    targets: { sales: 320_000_000, roi: 1.2, reads: 5_000_000 },
    phases: {
      warmup: { from: '2026-10-24', to: '2026-10-31' },
      burst: { from: '2026-11-01', to: '2026-11-11' },
      review: { from: '2026-11-12', to: '2026-11-14' },
    },
  },
});
