/** Promises of the day: who owes what, until when. A group of the scenes that show them. */
import * as z from 'zod';
import { dueStates } from '../../standup/states.ts';
import { group, instant, list } from '../shape.ts';

export const promiseRow = group({
  id: z.string(),
  /** The short name where there is one. */
  title: z.string(),
  who: z.string(),
  dueAt: instant,
  state: z.enum(dueStates),
});
export type PromiseRow = z.infer<typeof promiseRow>;

export const promisesGroup = group({
  /** Open ones first, nearest first: those whose date is over before those of today. */
  rows: list(promiseRow),
  /** Open ones that are due today or whose date is over. */
  owed: z.int(),
  /** Of those due today. */
  kept: z.int(),
  missed: z.int(),
  /** Everything due today, and open ones whose date is over. */
  total: z.int(),
});
export type PromisesGroup = z.infer<typeof promisesGroup>;
