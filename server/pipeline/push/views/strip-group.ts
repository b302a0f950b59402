/** The clock strip, which every scene of the wall carries as a group of its view. */
import type { StripGroup } from '../../../../shared/wire/views/strip.ts';
import { stripOf } from '../../../domain/incidents/strip.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { ViewParts } from './view-parts.ts';

const STRIP_CELLS = 3;
/** More open incidents than this are counted as this many. */
const OPEN_INCIDENTS = 1_000;

/** What makes the strip worth reading again. */
export const touchesStrip: readonly Touched[] = ['incidents', 'mentions', 'policies'];
export const STRIP_REFRESH_MS = 15_000;

export async function stripGroup({ reads, clock }: Pick<ViewParts, 'reads' | 'clock'>): Promise<StripGroup> {
  const now = clock.now();
  const [incidents, history] = await Promise.all([reads.incidents({ open: true, limit: OPEN_INCIDENTS }), reads.pendingHistory(0)]);
  return { ...stripOf(incidents, now, STRIP_CELLS), pendingHistory: history.total };
}
