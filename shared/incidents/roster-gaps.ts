/** Answer of GET /api/roster/gaps; the type follows from the schema. */
import * as z from 'zod';
import { rosterRoles } from './ladder.ts';
import { rosterGap } from './roster.ts';

/** Most days a question may look ahead. */
export const MAX_GAP_DAYS = 90;

/** A contact by which nobody is reached. */
export const contactFault = z
  .object({
    person: z.string().meta({ description: 'Id of one of `people`' }),
    name: z.string(),
    channel: z.string(),
    off: z.boolean().meta({ description: 'The channel can be used no more than every other one of this person; false: it does not exist' }),
    unreadable: z
      .boolean()
      .meta({ description: 'The key its address and secret were stored with is missing; else what is `off` is switched off' }),
  })
  .readonly();
export type ContactFault = z.infer<typeof contactFault>;

export const rosterGapsAnswer = z.object({
  from: z.number().meta({ description: 'Now, UTC ms' }),
  to: z.number().meta({ description: 'UTC ms' }),
  roles: z.array(z.enum(rosterRoles)).readonly().meta({ description: 'Those the ladder in force calls, in the order it first does' }),
  gaps: z
    .array(rosterGap)
    .readonly()
    .meta({ description: 'Hours in which nobody who can be reached holds a role: role by role, in the order of time' }),
  contacts: z.array(contactFault).readonly().meta({
    description:
      'Contacts of the roster whose channel does not exist, and those of people all of whose channels are switched off or cannot be read',
  }),
  total: z.int().meta({ description: 'How many gaps there are' }),
  next: z.null().meta({ description: 'There is one page' }),
});
export type RosterGapsAnswer = z.infer<typeof rosterGapsAnswer>;
