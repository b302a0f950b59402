/**
 * What a page of the wall reports to the server: what it painted last while it was visible, and what the server knows of
 * its screens. Sockets only push, so reports go by `POST /api/screens/:id/painted`. All instants are UTC ms.
 */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';
import { position } from '../wire/protocol.ts';
import { RED_NAMED_MAX, SCREEN_ID_MAX, SCREEN_ID_MIN, SCREEN_NAME_MAX } from './screen-limits.ts';

export const screenId = z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${SCREEN_ID_MIN},${SCREEN_ID_MAX}}$`, 'u'), {
  error: `${SCREEN_ID_MIN} to ${SCREEN_ID_MAX} letters, digits, _ and -`,
});
export const screenName = typed(SCREEN_NAME_MAX);

const MAX_VIEWS = 24;
const revision = z.strictObject({ epoch: characters(1, 64, position.unwrap().shape.epoch), revision: z.int().min(0) });

export const paintReport = z.strictObject({
  scene: characters(1, 40).meta({ description: 'The scene that was painted' }),
  positions: z
    .record(characters(1, 40), revision)
    .refine((positions) => Object.keys(positions).length <= MAX_VIEWS, { error: `at most ${MAX_VIEWS} views` })
    .meta({ description: 'Of each view that was painted, the revision React had committed before the frame' }),
  paintedAt: z.int().min(0).meta({ description: 'When the frame was painted, by the page’s estimate of the server’s clock' }),
  visible: z.boolean(),
  closed: z.boolean().optional().meta({ description: 'The page goes away in good order: it was closed, or left for another page' }),
  size: z
    .tuple([z.int().min(1).max(32_768), z.int().min(1).max(32_768), z.number().min(0.1).max(16)])
    .meta({ description: 'Width and height in CSS pixels, device pixels per CSS pixel' }),
  build: characters(1, 80),
  red: z.array(characters(1, 200)).max(RED_NAMED_MAX).meta({ description: 'Ids of the incidents that were painted in red' }),
  name: screenName.optional().meta({ description: 'From the address of the page (?screen=…); taken where the screen has no name yet' }),
});
export type PaintReport = z.infer<typeof paintReport>;

/**
 * painting: current · frozen: no new picture although there is news, or no report · hidden: the page is not visible · closed: the
 * page said that it goes away · offline: not heard of.
 */
export const screenStates = ['painting', 'frozen', 'hidden', 'closed', 'offline'] as const;
export type ScreenState = (typeof screenStates)[number];

export const screenView = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    state: z.enum(screenStates),
    registeredAt: z.number(),
    seenAt: z.number().meta({ description: 'When its last report arrived' }),
    scene: z.string().nullable(),
    paintedAt: z.number().nullable(),
    behindMs: z
      .number()
      .nullable()
      .meta({ description: 'For how long the server has had something newer than what is painted; 0 = nothing newer, null = unknown' }),
    build: z.string().nullable(),
    size: z.tuple([z.number(), z.number(), z.number()]).readonly().nullable(),
    red: z.int().meta({ description: 'How many red stories it painted' }),
  })
  .readonly();
export type ScreenView = z.infer<typeof screenView>;

/** A red story: nobody has claimed it, and its answer is due within 15 minutes or overdue. */
export const redStoryView = z
  .object({
    incidentId: z.string(),
    code: z.string(),
    title: z.string(),
    redSince: z.number(),
    paintedAt: z.number().nullable().meta({ description: 'When a screen painted it first' }),
    calledAt: z
      .number()
      .nullable()
      .meta({ description: 'When the next step of the ladder was called early because no screen had painted it' }),
  })
  .readonly();
export type RedStoryView = z.infer<typeof redStoryView>;

export const screenList = z
  .object({
    now: z.number(),
    build: z.string(),
    screens: z.array(screenView).readonly(),
    total: z.int(),
    limit: z.int().meta({ description: 'Most screens that are remembered' }),
    paintBudgetMs: z.int(),
    red: z.array(redStoryView).readonly(),
  })
  .readonly();
export type ScreenList = z.infer<typeof screenList>;

export const screenDocument = z.strictObject({ name: screenName.nullable().meta({ description: 'null takes the name away' }) });
export type ScreenDocument = z.infer<typeof screenDocument>;
