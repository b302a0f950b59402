/** The clock strip, a group of every scene: the open negative stories with the nearest deadlines. */
import * as z from 'zod';
import { grades } from '../../incidents/grades.ts';
import { group, instant, list } from '../shape.ts';

export const stripCell = group({
  incidentId: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.enum(['open', 'claimed', 'responded']),
  owner: z.string().nullable(),
  /** The clock that matters next: response while unanswered, then disposal. */
  clock: z.enum(['response', 'disposal']),
  dueAt: instant,
  startedAt: instant,
  breachedAt: instant.nullable(),
  latenessMs: z.number().nullable(),
  /** null while nothing judged it. */
  grade: z.enum(grades).nullable(),
  /** 1, or more after it was opened again. */
  round: z.int(),
  /** Whether an earlier round broke a deadline. */
  earlierBreached: z.boolean(),
  /** True while the disposal clock, where that is the one owed, is paused. */
  paused: z.boolean(),
  /** A drill, or the story the system sends to watch itself. */
  drill: z.boolean(),
});
export type StripCell = z.infer<typeof stripCell>;

/** How many deadlines are over, less than 15 minutes away, less than an hour, and further. */
export const urgencyCounts = group({ breached: z.int(), fire: z.int(), soon: z.int(), calm: z.int() });
export type UrgencyCounts = z.infer<typeof urgencyCounts>;

/** The response clocks that began on a business day, and what became of them. */
export const dayAnswers = group({
  begun: z.int(),
  /** In time or late. */
  answered: z.int(),
  /** Those whose deadline passed without an answer, answered since or not. */
  late: z.int(),
});
export type DayAnswers = z.infer<typeof dayAnswers>;

/** An answer within its deadline. */
export const praise = group({ incidentId: z.string(), title: z.string(), who: z.string(), tookMs: z.number(), at: instant });
export type Praise = z.infer<typeof praise>;

export const stripGroup = group({
  /** Nearest deadline first, at most three. */
  cells: list(stripCell),
  /** Open incidents beyond `cells`. */
  left: urgencyCounts,
  /**
   * Of the stories that nobody claimed, drills aside, the nearest deadline that is less than 15 minutes away, else the oldest
   * one, over or running; null where there is none. It need not be among `cells`: claimed stories may fill them.
   */
  unclaimed: stripCell.nullable(),
  /** Negative mentions too old to open a clock, waiting for a decision (补录待定). */
  pendingHistory: z.int(),
  today: dayAnswers,
  yesterday: dayAnswers,
  /** How long an answer may take by the rule in force, ms. */
  responseMs: z.number(),
  /** The last answer that came in time, which a screen shows for ten minutes; null where there was none in them. Drills aside. */
  praise: praise.nullable(),
});
export type StripGroup = z.infer<typeof stripGroup>;
