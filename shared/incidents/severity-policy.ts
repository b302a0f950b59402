/**
 * Policy `severity`: the points of each part, the scores from which a grade holds, and the least grade of a topic. Every
 * scale may only rise, so that more reach, more mentions or stronger words never make a story milder.
 */
import * as z from 'zod';
import { typed } from '../text/bounded-text.ts';
import { gradeRank, grades } from './grades.ts';

const points = z.number().min(0).max(1_000);

/** From so much on, so many points; below the first step 0. */
const scale = z
  .array(z.strictObject({ from: z.number().min(0).max(1e15), points }))
  .max(20)
  .superRefine((steps, context) => {
    for (const [index, step] of steps.entries()) {
      const before = steps[index - 1];
      if (before && step.from <= before.from)
        context.addIssue({ code: 'custom', path: [index, 'from'], message: 'each step begins above the one before it' });
      if (before && step.points < before.points)
        context.addIssue({ code: 'custom', path: [index, 'points'], message: 'points never fall from step to step' });
    }
  });
export type Scale = z.infer<typeof scale>;

const ofTopics = <S extends z.ZodType>(value: S) =>
  z.strictObject({ safety: value, quality: value, service: value, price: value, delivery: value, other: value });

export const severityPolicy = z.strictObject({
  /** By the sum of the mentions' reach. */
  reach: scale,
  /** By the mentions published in the busiest hour. */
  speed: scale,
  /** Added to speed while the brand's negative mentions spike (policy `spike`). */
  spikePoints: points,
  /** By platform as sources write it; of a story on several the heaviest counts. */
  source: z.strictObject({
    platforms: z.array(z.strictObject({ platform: typed(80), points })).max(200),
    others: points,
  }),
  topic: ofTopics(points),
  /** By how many different strong words one mention holds; of a story its strongest mention counts. */
  strength: scale,
  thresholds: z
    .strictObject({ yellow: points, orange: points, red: points })
    .refine(({ yellow, orange, red }) => yellow < orange && orange < red, { error: 'yellow, orange and red begin one above the other' }),
  /** The least grade of a topic. Safety is never below orange. */
  floors: ofTopics(z.enum(grades)).refine(({ safety }) => gradeRank(safety) >= gradeRank('orange'), {
    error: 'safety is never below orange',
    path: ['safety'],
  }),
  /** A grade set by a person that lowers a story ends when its score has grown by so much since. */
  overrideEndsAfterPoints: z.number().min(1).max(1_000),
});
export type SeverityPolicy = z.infer<typeof severityPolicy>;

export const defaultSeverity: SeverityPolicy = {
  reach: [
    { from: 1_000, points: 3 },
    { from: 10_000, points: 8 },
    { from: 50_000, points: 14 },
    { from: 200_000, points: 20 },
    { from: 1_000_000, points: 26 },
    { from: 5_000_000, points: 30 },
  ],
  speed: [
    { from: 3, points: 4 },
    { from: 10, points: 9 },
    { from: 30, points: 15 },
    { from: 100, points: 20 },
    { from: 300, points: 25 },
  ],
  spikePoints: 10,
  source: {
    platforms: [
      { platform: '微博', points: 12 },
      { platform: '抖音', points: 12 },
      { platform: '小红书', points: 10 },
      { platform: '快手', points: 10 },
      { platform: 'B站', points: 9 },
      { platform: '微信', points: 9 },
      { platform: '知乎', points: 8 },
      { platform: '黑猫投诉', points: 15 },
      { platform: '新闻', points: 15 },
    ],
    others: 4,
  },
  topic: { safety: 25, quality: 12, service: 9, price: 8, delivery: 6, other: 2 },
  strength: [
    { from: 1, points: 5 },
    { from: 2, points: 9 },
    { from: 3, points: 12 },
  ],
  thresholds: { yellow: 25, orange: 45, red: 70 },
  floors: { safety: 'orange', quality: 'blue', service: 'blue', price: 'blue', delivery: 'blue', other: 'blue' },
  overrideEndsAfterPoints: 15,
};
