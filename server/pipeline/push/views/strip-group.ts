/** The clock strip, which every scene of the wall carries as a group of its view. */
import type { StripGroup } from '../../../../shared/wire/views/strip.ts';
import { cellOf, stripOf } from '../../../domain/incidents/strip.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import type { Place } from '../../ports/page.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { ViewParts } from './view-parts.ts';

/** What makes the strip worth reading again. */
export const touchesStrip: readonly Touched[] = ['incidents', 'mentions', 'policies'];
export const STRIP_REFRESH_MS = 15_000;

/** What waits for a decision longer than this is a matter of the desk alone. */
const ON_THE_WALL_MS = 7 * 86_400_000;

/** How long an answer in time is praised. */
const PRAISE_MS = 10 * 60_000;

/** Reads the stories that can get a cell and no others, however many are open [T9]. */
export async function stripGroup({ reads, calendar, clock }: Pick<ViewParts, 'reads' | 'calendar' | 'clock'>): Promise<StripGroup> {
  const now = clock.now();
  const ahead: Place = [now, Number.MAX_SAFE_INTEGER];
  const day = calendar.dayOf(now);
  const begunOn = (of: number) => reads.answers({ from: calendar.startOfDay(of), to: calendar.startOfDay(of + 1), asOf: now });
  const [first, running, unclaimed, open, history, today, yesterday, praise, { sla }] = await Promise.all([
    reads.incidents({ open: true, limit: rowCaps.stripCells, after: null }),
    reads.incidents({ open: true, limit: 1, after: ahead }),
    reads.nearestUnclaimed(now),
    reads.openByDeadline(now),
    reads.pendingHistory({ limit: 0, after: null, since: now - ON_THE_WALL_MS }),
    begunOn(day),
    begunOn(day - 1),
    reads.lastAnswer({ since: now - PRAISE_MS, asOf: now }),
    reads.policies(),
  ]);
  const shown = new Map([...first.rows, ...running.rows].map((incident) => [incident.id, incident]));
  return {
    ...stripOf([...shown.values()], open, now, rowCaps.stripCells),
    unclaimed: unclaimed === null ? null : cellOf(unclaimed),
    ...{ pendingHistory: history.total, today, yesterday, praise, responseMs: sla.responseMs },
  };
}
