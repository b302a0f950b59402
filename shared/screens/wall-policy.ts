/** Policy `wall`: which scenes `/` shows in turn and for how long, when the stand-up opens, and when walls may be heard. */
import * as z from 'zod';
import { sceneIds, scenes, type SceneId } from './scenes.ts';

/** HH:MM of the business time zone. */
const dayTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, { error: 'a time of day is HH:MM' });
const hours = z.strictObject({ from: dayTime, to: dayTime });
const turn = z.strictObject({ scene: z.enum(sceneIds), seconds: z.int().min(5).max(600) });

/** The first place whose value stands at an earlier place too; −1 without one. */
const repeated = (values: readonly unknown[]): number => values.findIndex((value, i) => values.indexOf(value) < i);

export const wallPolicy = z.strictObject({
  /** In this order; a scene that is left out is shown only when somebody pins it or a rule asks for it. */
  rotation: z
    .array(turn)
    .min(1)
    .max(20)
    .superRefine((turns, context) => {
      const twice = repeated(turns.map(({ scene }) => scene));
      if (twice >= 0) context.addIssue({ code: 'custom', path: [twice, 'scene'], message: 'this scene is listed twice' });
    }),
  /** At that minute `/` shows the stand-up for so long; null: it never does by itself. */
  standup: z
    .strictObject({
      at: dayTime,
      /** ISO weekdays, 1 is Monday. */
      days: z
        .array(z.int().min(1).max(7))
        .min(1)
        .refine((days) => repeated(days) < 0, { error: 'a weekday is listed twice' }),
      minutes: z.int().min(1).max(240),
    })
    .nullable(),
  /** No sound and no speech between these times; `from` after `to` spans midnight. */
  quiet: hours.nullable(),
  sound: z.boolean(),
  speech: z.boolean(),
  /** The share of its usual brightness that a wall has between these times. */
  dim: z.strictObject({ ...hours.shape, level: z.number().min(0.2).max(1) }).nullable(),
  /** A red story must have been painted on some wall within this time. */
  paintBudgetMs: z.int().min(5_000).max(3_600_000),
});
export type WallPolicy = z.infer<typeof wallPolicy>;

/** 总览 holds the most to read. */
const secondsOf = (scene: SceneId): number => (scene === 'overview' ? 40 : 30);

export const defaultWall: WallPolicy = {
  rotation: scenes.map(({ id }) => ({ scene: id, seconds: secondsOf(id) })),
  standup: { at: '09:00', days: [1, 2, 3, 4, 5], minutes: 15 },
  quiet: { from: '22:00', to: '07:00' },
  sound: true,
  speech: true,
  dim: null,
  paintBudgetMs: 60_000,
};
