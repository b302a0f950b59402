/** How far a story has spread, as `GET /api/incidents/:id/spread` answers. All instants are UTC ms. */
import * as z from 'zod';

export const incidentSpread = z
  .object({
    platforms: z
      .array(z.object({ platform: z.string(), mentions: z.int() }).readonly())
      .readonly()
      .meta({ description: 'Those with the most mentions first, at most 12' }),
    hours: z
      .array(z.object({ at: z.number(), mentions: z.int() }).readonly())
      .readonly()
      .meta({ description: 'Mentions by hour of publication; at most the last 72 hours up to the newest mention, none left out' }),
    recent: z
      .object({ mentions: z.int(), platform: z.string().nullable(), ofPlatform: z.int() })
      .readonly()
      .meta({ description: 'Published in the last 15 minutes, and the platform with the most of them' }),
  })
  .readonly();
export type IncidentSpread = z.infer<typeof incidentSpread>;
