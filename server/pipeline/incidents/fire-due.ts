/** One conditional transaction that turns deadlines that have passed into breaches [T4]. */
import { decideFiring } from '../../domain/incidents/decide-firing.ts';
import { incidentBatch } from './batch.ts';
import type { Commit } from '../ports/commit.ts';

export interface Fired {
  readonly incidentId: string;
  readonly clock: string;
  readonly latenessMs: number;
}

/**
 * Fires at most `limit` clocks due by `trusted`, oldest first, stamped `now` (UTC ms, ≥ `trusted`).
 * `found` below `limit` means none are left. Throws `Unavailable` with nothing fired.
 */
export async function fireDue(
  commit: Commit,
  time: { readonly now: number; readonly trusted: number },
  limit: number,
): Promise<{ readonly found: number; readonly fired: readonly Fired[] }> {
  return commit(async (tx, touch) => {
    const due = await tx.dueClocks(time.trusted, limit);
    const batch = incidentBatch();
    const fired: Fired[] = [];
    for (const { incident, clock, generation } of due) {
      // Both clocks of one incident may be due in one batch: the second is decided on what the first left.
      const events = decideFiring(batch.state(incident.id) ?? incident, clock, generation, time.now);
      for (const event of events) {
        if (event.action !== 'clock_fired') continue;
        const { latenessMs } = event.detail;
        if (!(await tx.fireClock(incident.id, clock, generation, time.now, latenessMs))) continue;
        batch.add(incident.id, incident, [event]);
        fired.push({ incidentId: incident.id, clock, latenessMs });
      }
    }
    if (await batch.write(tx)) touch('incidents');
    return { found: due.length, fired };
  });
}
