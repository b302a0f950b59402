/** The wall's 竞品 scene: the move that matters, a lane for each tracked competitor, prices in both directions, who is talked about. */
import * as z from 'zod';
import { group, list } from '../shape.ts';
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

export const competitorsState = group({
  /** Of today's moves the one with the largest impact, then the largest change of price, then the newest. */
  leadMove: moveRow.nullable(),
  /** In the order of the configured list. */
  rivals: list(rivalLane),
  /** Price moves of the last 30 days, the largest change first. */
  prices: group({ rows: list(moveRow), more: z.int() }),
  /** Mentions of the last 24 h, own brands first, then the most mentioned. */
  voice: group({ rows: list(voiceRow), rest: voiceRest.nullable(), total: z.int() }),
  strip: stripGroup,
});
export type CompetitorsState = z.infer<typeof competitorsState>;
export type CompetitorsGroup = keyof CompetitorsState;
