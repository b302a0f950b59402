/**
 * Pauses that reached their cap get their audit line. The deadline has counted them from the beginning, so a line that is
 * late costs nobody any time.
 */
import { endOfPause } from '../../domain/incidents/pause.ts';
import { SYSTEM } from '../../domain/incidents/events.ts';
import type { Commit } from '../ports/commit.ts';
import { incidentBatch } from './batch.ts';

/** Ends at most `limit` pauses whose end `trusted` has reached; resolves to how many there were. */
export async function endPauses(
  commit: Commit,
  { now, trusted }: { readonly now: number; readonly trusted: number },
  limit: number,
): Promise<number> {
  return commit(async (tx, touch) => {
    const ended = await tx.endedPauses(trusted, limit);
    const batch = incidentBatch();
    for (const incident of ended) batch.add(incident.id, incident, endOfPause(incident, SYSTEM, now));
    if (await batch.write(tx)) touch('incidents');
    return ended.length;
  });
}
