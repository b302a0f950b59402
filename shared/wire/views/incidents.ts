/** The incident list page's view. */
import * as z from 'zod';
import { incidentView } from '../../incidents/types.ts';
import { group, list } from '../shape.ts';

export const incidentsState = group({
  /** Not resolved and not false alarms, nearest deadline first. */
  open: list(incidentView),
  /** The last ones closed, newest first, at most 50. */
  recent: list(incidentView),
  /** Negative mentions too old to open a clock, waiting for a decision (补录待定). */
  pendingHistory: z.int(),
});
export type IncidentsState = z.infer<typeof incidentsState>;
