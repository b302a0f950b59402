/**
 * The one sentence on top of 总览 and 晨会, as parts by rule and never as text: what the day will come to, and the one thing
 * that needs somebody. docs/sentence.md gives the rule. A source that has gone silent is known from the heartbeat, so the
 * page adds it where nothing else needs anybody.
 */
import * as z from 'zod';
import { group, instant } from '../shape.ts';

const namedCampaign = group({ campaignId: z.string(), name: z.string() });

/** A negative story whose owed clock nobody answers. */
const storyNeed = group({
  kind: z.literal('story'),
  incidentId: z.string(),
  title: z.string(),
  status: z.enum(['open', 'claimed', 'responded']),
  owner: z.string().nullable(),
  clock: z.enum(['response', 'disposal']),
  dueAt: instant,
  breachedAt: instant.nullable(),
  /** The live campaign that pushes the product of the story and spends the most; null without one. */
  campaign: namedCampaign.nullable(),
});

/** A plan that sales are behind, and of today's the channel that most of it is missing in. Minor units, above 0. */
const goalNeed = group({
  kind: z.literal('goal'),
  grain: z.enum(['day', 'month', 'quarter']),
  period: z.string(),
  short: z.number(),
  channel: group({ channel: z.string(), short: z.number() }).nullable(),
});

/** 高投入低产出: margin that is missing for what was spent, minor units. */
const campaignNeed = group({ kind: z.literal('campaign'), campaignId: z.string(), name: z.string(), lost: z.number() });

export const sentenceNeed = z.discriminatedUnion('kind', [storyNeed, goalNeed, campaignNeed]);
export type SentenceNeed = z.infer<typeof sentenceNeed>;

/** null = there is nothing to say. */
export const sentenceGroup = group({
  /** Business day of the landing, YYYY-MM-DD. */
  day: z.string(),
  /** Where the day's net sales will land, against its plan; null while nothing can be said. */
  landing: group({ low: z.number(), high: z.number(), against: z.enum(['above', 'near', 'below']) }).nullable(),
  need: sentenceNeed.nullable(),
}).nullable();
export type SentenceGroup = z.infer<typeof sentenceGroup>;
export type Sentence = NonNullable<SentenceGroup>;
