/**
 * The readings of the KPI dictionary that people may set (S48): where a formula leaves a choice, this says which one counts.
 * A version holds from the business day of its `effectiveFrom` on and decides every period that begins on that day or
 * later, so that earlier periods keep the rule they were judged by. A field left out has its default.
 */
import * as z from 'zod';
import { spendKinds } from '../events/campaign-spend.ts';

const days = z.int().min(1).max(3_650);

/** How one part of brand health is scored: 0 at `floor`, 100 at `goal`, linear between. */
const healthPart = z
  .object({ weight: z.number().min(0).max(1_000), floor: z.number(), goal: z.number() })
  .refine(({ floor, goal }) => floor !== goal, { error: 'floor and goal are two different values' });

export const readings = z.strictObject({
  /** K8, R8: whether a lead without a reachable contact is invalid. */
  leadMustBeReachable: z.boolean().default(true),
  /** K8, R8: whether a lead outside the area is invalid. */
  leadMustBeInArea: z.boolean().default(true),
  /** K8, R8: a lead with the contact of another one created up to so many times 24 h before is a duplicate and invalid; 0 = no lead is. */
  leadDuplicateDays: z.int().min(0).max(3_650).default(90),
  /** K9, R9: a lead counts as converted when it is signed within so many times 24 h of its creation. */
  conversionDays: days.default(30),
  /** I7: a business day takes facts as ordinary ones until so many hours after its end; then it is closed. */
  lateHours: z.int().min(0).max(720).default(48),
  /** K12, K13, R11, R12: kinds of spend that are no acquisition cost. */
  cacExcludedKinds: z.array(z.enum(spendKinds)).max(spendKinds.length).prefault(['training']),
  /** K19: weight, floor and goal of each part of brand health. */
  brandHealth: z
    .strictObject({
      netSentiment: healthPart.default({ weight: 30, floor: -0.5, goal: 0.5 }),
      shareOfVoice: healthPart.default({ weight: 20, floor: 0, goal: 0.4 }),
      voiceTrend: healthPart.default({ weight: 15, floor: -0.5, goal: 0.5 }),
      slaCompliance: healthPart.default({ weight: 20, floor: 0.5, goal: 1 }),
      wordOfMouth: healthPart.default({ weight: 15, floor: 0, goal: 0.2 }),
    })
    .prefault({}),
  /** K20: what a read, a like and a share weigh in the spread index. */
  spreadWeights: z
    .strictObject({
      reads: z.number().min(0).max(1_000).default(1),
      likes: z.number().min(0).max(1_000).default(5),
      shares: z.number().min(0).max(1_000).default(20),
    })
    .prefault({}),
  /** K21: an engaged person counts as converted by a lead or an order up to so many times 24 h later. */
  spreadConversionDays: days.default(7),
  /** K22: the same for a person with an earned engagement. */
  wordOfMouthDays: days.default(30),
  /** R25: revenue of a campaign younger than so many days may still be given back, where no lag was learnt. */
  refundLagDays: days.default(7),
});
export type Readings = z.infer<typeof readings>;

export const defaultReadings: Readings = readings.parse({});
