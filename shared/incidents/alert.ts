/**
 * What an alert is about, as structured values. The text is made from it when it is sent, by the channel that sends it,
 * so that the time left is the time left then. Types follow from the schema. All instants are UTC ms.
 */
import * as z from 'zod';
import { clockNames } from './types.ts';

export const alertReasons = [
  'opened',
  'unclaimed',
  'unanswered',
  'breached',
  'nudge',
  'withdrawn',
  'spike',
  'roster_gap',
  'digest',
  'test',
  'drill',
] as const;
export type AlertReason = (typeof alertReasons)[number];

/** Breaches are sent first; a breach is tried for 24 hours, everything else for 6. */
export const urgencies = ['breach', 'alert', 'notice'] as const;
export type Urgency = (typeof urgencies)[number];

export const alertContent = z
  .object({
    reason: z.enum(alertReasons),
    code: z.string().nullable().meta({ description: 'Of the story, such as A17' }),
    title: z.string(),
    brand: z.string().nullable(),
    grade: z.enum(['blue', 'yellow', 'orange', 'red']).nullable(),
    clock: z.enum(clockNames).nullable(),
    dueAt: z.number().nullable().meta({ description: 'UTC ms' }),
    owner: z.string().nullable(),
    why: z.string().nullable().meta({ description: 'Why this person is told, such as that nobody was on duty' }),
    generation: z.int().nullable(),
  })
  .readonly();
export type AlertContent = z.infer<typeof alertContent>;
