/** The wall's 舆情 scene: the nearest deadline, who is called next, and what is said about the own brands. */
import * as z from 'zod';
import { channelKinds } from '../../incidents/channels.ts';
import { rosterRoles } from '../../incidents/ladder.ts';
import { group, instant, list } from '../shape.ts';
import { sentimentWindow } from './overview.ts';
import { stripCell, stripGroup } from './strip.ts';

export const nearestStory = group({
  /** The first cell of the strip. */
  cell: stripCell,
  mentions: z.int(),
  /** Sum of the mentions’ reach; null beyond what is exact [I16]. */
  reach: z.number().nullable(),
  /** Where its first mention stood, and the other platform that has most of those of the last 15 minutes, else most of all. */
  firstSeen: z.string().nullable(),
  movedTo: z.string().nullable(),
});
export type NearestStory = z.infer<typeof nearestStory>;

export const callRow = group({
  /** When it was sent, or will be. */
  at: instant,
  /** null where nobody is on the roster. */
  who: z.string().nullable(),
  /** By which roles; empty where the owner is called. */
  roles: list(z.enum(rosterRoles)),
  /**
   * delivered · failed (for good) · retrying (an attempt failed) · sending · dropped (somebody had taken the story before it was
   * sent) · planned (the step has not come yet).
   */
  state: z.enum(['delivered', 'failed', 'retrying', 'sending', 'dropped', 'planned']),
  /** Of the channel that took it, or has its turn; null where there is none, or for a step to come. */
  channel: z.enum(channelKinds).nullable(),
  /** False where the person has no channel, or nobody is there. */
  reachable: z.boolean(),
  /** Goes to a dry end and to nobody. */
  dry: z.boolean(),
});
export type CallRow = z.infer<typeof callRow>;

export const callsGroup = group({
  /** The story of `nearest`; null where none is open. */
  incidentId: z.string().nullable(),
  /** What was sent last and what comes next, by time, at most four. */
  rows: list(callRow),
  /** Steps to come beyond `rows`. */
  more: z.int(),
  /** The roster has people at all. */
  rosterSet: z.boolean(),
  /** Who holds each role right now, in the order in which a ladder calls them; a role nobody holds has no people. */
  duty: list(group({ role: z.enum(rosterRoles), people: list(z.string()) })),
});
export type CallsGroup = z.infer<typeof callsGroup>;

export const pulseGroup = group({
  brands: list(z.string()),
  /** Twelve slots of two hours that end now, oldest first. */
  slots: list(group({ positive: z.int(), negative: z.int() })),
  lastHour: sentimentWindow,
  lastDay: sentimentWindow,
  /** Net sentiment of the business day so far (K17); null without a value. */
  today: z.number().nullable(),
  /** The last hour lies far below what the day was used to: since when, and both values. null otherwise. */
  fall: group({ since: instant, usual: z.number(), now: z.number() }).nullable(),
});
export type PulseGroup = z.infer<typeof pulseGroup>;

export const heatRow = group({
  keyword: z.string(),
  /** Mentions of the own brands in the last 24 hours. */
  mentions: z.int(),
  negative: z.int(),
  /** A day's mean of the seven days before, of the days there are any data of; null where there are none. */
  usual: z.number().nullable(),
});
export type HeatRow = z.infer<typeof heatRow>;

export const spreadRow = group({
  platform: z.string(),
  mentions: z.int(),
  /** Of them in the last 15 minutes; null where that is not known. */
  recent: z.int().nullable(),
});
export type SpreadRow = z.infer<typeof spreadRow>;

export const sentimentState = group({
  /** null where no story is open. */
  nearest: nearestStory.nullable(),
  calls: callsGroup,
  pulse: pulseGroup,
  /** The most mentioned first; `total` counts all keywords. */
  heat: group({ rows: list(heatRow), total: z.int() }),
  spread: group({
    /** The story it is about; null: negative mentions of the own brands in the last 24 hours. */
    story: group({ incidentId: z.string(), title: z.string() }).nullable(),
    /** Those with the most mentions first. */
    rows: list(spreadRow),
    /** The platforms beyond `rows`; rows and rest add up to the total. */
    rest: group({ platforms: z.int(), mentions: z.int() }).nullable(),
    total: z.int(),
  }),
  strip: stripGroup,
});
export type SentimentState = z.infer<typeof sentimentState>;
export type SentimentViewGroup = keyof SentimentState;
