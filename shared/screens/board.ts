/** The board as it was: what the wall showed at an earlier moment, as known then and as known now. */
import * as z from 'zod';
import { workspace } from '../wire/workspace.ts';

/** Why a group is absent: the store keeps what it is made of only as it is now, or the workspace was made later. */
export const boardGaps = ['not_kept', 'before_workspace'] as const;
export type BoardGap = (typeof boardGaps)[number];

export const board = z.object({
  /** The moment, RFC 3339. */
  at: z.string(),
  known: z.enum(['then', 'now']),
  view: z.string(),
  /** The groups of the view as a screen was sent them. */
  state: z.record(z.string(), z.unknown()),
  notKept: z.array(z.object({ group: z.string(), reason: z.enum(boardGaps) })),
  /** The clock of the server when it answered, RFC 3339. */
  now: z.string(),
  workspace,
});
export type Board = z.infer<typeof board>;
