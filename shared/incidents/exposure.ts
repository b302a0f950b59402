/** Money on fire: live campaigns that push the product of a story, as `GET /api/incidents/:id/exposure` answers. Money in minor units. */
import * as z from 'zod';

/** `spend`: what was booked in the last 24 hours; `budget`: the plan spread over its days, because nothing was booked. */
export const exposureBases = ['spend', 'budget'] as const;

const suggestion = z.object({ actor: z.string(), at: z.number() }).readonly();

export const exposedCampaign = z
  .object({
    campaignId: z.string(),
    name: z.string(),
    owner: z.string(),
    phase: z.string(),
    phaseDay: z.number().nullable(),
    phaseDays: z.number().nullable(),
    perMinute: z.number().nullable().meta({ description: 'null where neither spend nor a budget is known' }),
    basis: z.enum(exposureBases).nullable(),
    netSales: z.number().nullable().meta({ description: 'Net sales attributed to the campaign today' }),
    suggestion: suggestion.nullable().meta({ description: 'The newest request to stop it since the story was opened' }),
  })
  .readonly();
export type ExposedCampaign = z.infer<typeof exposedCampaign>;

export const incidentExposure = z
  .object({
    sku: z.string().nullable(),
    asOf: z.number(),
    dueAt: z.number().nullable().meta({ description: 'The deadline that `untilDeadline` counts to, UTC ms' }),
    campaigns: z.array(exposedCampaign).readonly(),
    perMinute: z.number().nullable(),
    untilDeadline: z.number().nullable().meta({ description: 'What will still be spent until the deadline at this rate' }),
    revenueAtRisk: z.number().nullable().meta({ description: 'Net sales of these campaigns today' }),
  })
  .readonly();
export type IncidentExposure = z.infer<typeof incidentExposure>;
