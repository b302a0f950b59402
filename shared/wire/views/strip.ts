/** The clock strip, a group of every scene: the open negative stories with the nearest deadlines. */
import * as z from 'zod';
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
});
export type StripCell = z.infer<typeof stripCell>;

export const stripGroup = group({
  /** Nearest deadline first, at most three. */
  cells: list(stripCell),
  /** Open incidents beyond `cells`. */
  more: z.int(),
  /** Negative mentions too old to open a clock, waiting for a decision (补录待定). */
  pendingHistory: z.int(),
});
export type StripGroup = z.infer<typeof stripGroup>;
