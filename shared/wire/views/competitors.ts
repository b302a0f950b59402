/** The wall's 竞品 scene: the move that matters, a lane for each tracked competitor, prices in both directions, who is talked about. */
import * as z from 'zod';
import { group, instant, list } from '../shape.ts';
import { moveRow } from './overview.ts';
import { stripGroup } from './strip.ts';

export const rivalLane = group({
  competitor: z.string(),
  /** Newest first, at most two. */
  moves: list(moveRow),
  /** Moves of the last 30 days, those shown among them. */
  total: z.int(),
});
export type RivalLane = z.infer<typeof rivalLane>;

export const voiceRow = group({
  brand: z.string(),
  own: z.boolean(),
  mentions: z.int(),
  /** mentions ÷ those of all own and tracked brands. */
  share: z.number(),
});
export type VoiceRow = z.infer<typeof voiceRow>;

/** All other own and tracked brands together; rows and rest add up to the total. */
const voiceRest = group({ brands: z.int(), mentions: z.int(), share: z.number() });

/** The prices of one product of a competitor, as its moves tell them. */
export const priceLine = group({
  competitor: z.string(),
  product: z.string().nullable(),
  /** The price before the first move of the window and the one after the last, as those moves write them: `change` is between them. */
  before: z.string(),
  after: z.string(),
  /** From the first price of the window to the last one: (last − first) ÷ first. */
  change: z.number(),
  at: instant,
  /** Each price with the moment from which it held, oldest first; the first held before the window's first move. */
  points: list(group({ at: instant, amount: z.number() })),
});
export type PriceLine = z.infer<typeof priceLine>;

export const competitorsState = group({
  /**
   * Of today's moves the one with the largest impact, then a cut of a price before others, then the largest change, then the
   * newest; without a move today that of the seven days before. `days` is 1 or 7 accordingly.
   */
  leadMove: group({ move: moveRow, days: z.union([z.literal(1), z.literal(7)]) }).nullable(),
  /** In the order of the configured list, at most five; `more` competitors have no lane. */
  rivals: group({ lanes: list(rivalLane), more: z.int() }),
  /** Products whose price moved in the last 30 days, the newest move first. */
  prices: group({ from: instant, rows: list(priceLine), more: z.int() }),
  /** Mentions of the last 24 h, own brands first, then the most mentioned; and the share of the own brands by day (K18), today last. */
  voice: group({
    rows: list(voiceRow),
    rest: voiceRest.nullable(),
    total: z.int(),
    days: list(group({ day: z.string(), share: z.number().nullable() })),
  }),
  strip: stripGroup,
});
export type CompetitorsState = z.infer<typeof competitorsState>;
export type CompetitorsGroup = keyof CompetitorsState;
