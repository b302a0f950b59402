/** Answer of GET /api/roster/gaps; the type follows from the schema. */
import * as z from 'zod';
import { rosterRoles } from './ladder.ts';
import { rosterGap } from './roster.ts';

/** Most days a question may look ahead. */
export const MAX_GAP_DAYS = 90;

export const rosterGapsAnswer = z.object({
  from: z.number().meta({ description: 'Now, UTC ms' }),
  to: z.number().meta({ description: 'UTC ms' }),
  roles: z.array(z.enum(rosterRoles)).readonly().meta({ description: 'Those the ladder in force calls, in the order it first does' }),
  gaps: z.array(rosterGap).readonly().meta({ description: 'Hours in which nobody holds a role: role by role, in the order of time' }),
  total: z.int(),
  next: z.null().meta({ description: 'There is one page' }),
});
export type RosterGapsAnswer = z.infer<typeof rosterGapsAnswer>;
