/**
 * What an alert is about, as structured values. The text is made from it when it is sent, by the channel that sends it,
 * so that the time left is the time left then. Types follow from the schema. All instants are UTC ms.
 */
import * as z from 'zod';
import { rosterRoles } from './ladder.ts';
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

/** Why somebody is told who would not be told as a matter of course, as parts that are worded for their reader. */
const roles = z.array(z.enum(rosterRoles)).readonly();
export const whyPart = z.discriminatedUnion('code', [
  z.object({ code: z.literal('owner_unknown') }).readonly(),
  z.object({ code: z.literal('nobody_for'), roles }).readonly(),
  z.object({ code: z.literal('instead'), roles }).readonly(),
  z.object({ code: z.literal('handed_over'), by: z.string() }).readonly(),
  z.object({ code: z.literal('handed_over_unknown'), by: z.string(), to: z.string() }).readonly(),
  z.object({ code: z.literal('not_shown') }).readonly(),
]);
export type WhyPart = z.infer<typeof whyPart>;

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
    why: z.string().nullable().meta({ description: 'Why this person is told, such as that nobody was on duty; in Chinese' }),
    because: z.array(whyPart).readonly().optional().meta({ description: 'The same as parts; absent in messages of older versions' }),
    generation: z.int().nullable(),
  })
  .readonly();
export type AlertContent = z.infer<typeof alertContent>;
