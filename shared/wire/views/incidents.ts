/** The incident list page's view. */
import * as z from 'zod';
import { incidentPage } from '../../incidents/types.ts';
import { group } from '../shape.ts';

export const incidentsState = group({
  /** Not resolved and not false alarms, nearest deadline first: the first page, how many there are, and where to go on. */
  open: incidentPage,
  /** Those closed, newest first, likewise. */
  recent: incidentPage,
  /** Negative mentions too old to open a clock, waiting for a decision (补录待定). */
  pendingHistory: z.int(),
});
export type IncidentsState = z.infer<typeof incidentsState>;
