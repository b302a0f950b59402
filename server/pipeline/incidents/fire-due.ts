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
    // Whether a clock fires hangs on that clock alone, also where both of one incident are due.
    const firings = due.flatMap(({ incident, clock, generation }) =>
      decideFiring(incident, clock, generation, time.now).flatMap((event) =>
        event.action === 'clock_fired' ? [{ incident, clock, generation, event, latenessMs: event.detail.latenessMs }] : [],
      ),
    );
    // Asked for together: one by one each would wait for the store's answer to the one before it.
    const won = await Promise.all(
      firings.map(({ incident, clock, generation, latenessMs }) => tx.fireClock(incident.id, clock, generation, time.now, latenessMs)),
    );
    for (const [i, { incident, clock, event, latenessMs }] of firings.entries()) {
      if (won[i] !== true) continue;
      batch.add(incident.id, incident, [event]);
      fired.push({ incidentId: incident.id, clock, latenessMs });
    }
    if (await batch.write(tx)) touch('incidents');
    return { found: due.length, fired };
  });
}
