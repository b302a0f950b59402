/** POST /api/roster/plan: shifts of a weekly pattern over a range of days; types follow from the schemas. */
import * as z from 'zod';
import { businessDay } from '../events/fields.ts';
import { characters } from '../text/bounded-text.ts';
import { rosterRoles } from './ladder.ts';
import { MAX_SHIFTS, rosterShift } from './roster.ts';

const MAX_PATTERN = 200;

const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day is written like 09:00' })
  .meta({ example: '09:00' });

export const rosterPlanRequest = z.object({
  pattern: z
    .array(
      z.object({
        role: z.enum(rosterRoles),
        person: characters(1, 80),
        weekday: z.int().min(0).max(6).meta({ description: 'Monday 0 … Sunday 6' }),
        from: wallTime,
        to: wallTime.meta({ description: 'At or before `from`: on the next day' }),
      }),
    )
    .min(1)
    .max(MAX_PATTERN),
  from: businessDay.meta({ description: 'First day' }),
  to: businessDay.meta({ description: 'Last day, included' }),
});
export type RosterPlanRequest = z.infer<typeof rosterPlanRequest>;

export const rosterPlan = z.object({
  shifts: z
    .array(rosterShift)
    .readonly()
    .meta({ description: `Day by day; at most ${MAX_SHIFTS}` }),
});
export type RosterPlan = z.infer<typeof rosterPlan>;
