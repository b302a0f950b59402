/**
 * Open stories are graded anew because something other than their mentions changed: the rules, the word lists, a spike. A
 * rule of points needs only the sums beside each story; a word list makes the sums void, and they are counted anew.
 */
import { brandKey } from '../../../shared/text/brand-key.ts';
import type { BrandSpike } from '../../domain/severity/spikes.ts';
import type { SeverityCounters } from '../../domain/severity/counters.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import { incidentBatch } from './batch.ts';
import { finderOf } from './severity-member.ts';
import { countedAnew, inSpike, regraded, type SeverityContext } from './story-severity.ts';

const PAGE = 250;

/** Sums of a story as they shall be; undefined leaves the story alone. */
type Sums = (incident: Incident, stored: SeverityCounters | undefined) => Promise<SeverityCounters | undefined>;

async function regradeOpen(tx: StoreTx, context: SeverityContext, sumsOf: Sums, wanted: (stored: SeverityCounters | undefined) => boolean) {
  const touched = new Set<Touched>();
  let after: string | null = null;
  for (;;) {
    const ids: readonly string[] = await tx.pageOpenIncidents(after, PAGE);
    const stored = await tx.severityCounters(ids);
    const batch = incidentBatch();
    const written: [string, SeverityCounters][] = [];
    for (const id of ids) {
      if (!wanted(stored.get(id))) continue;
      const incident = await tx.incident(id);
      const sums = incident && (await sumsOf(incident, stored.get(id)));
      if (incident === undefined || sums === undefined) continue;
      if (sums !== stored.get(id)) written.push([id, sums]);
      batch.add(id, incident, regraded(incident, sums, context));
    }
    await batch.write(tx);
    await tx.putSeverityCounters(written);
    for (const part of batch.touched()) touched.add(part);
    if (ids.length < PAGE) return [...touched];
    after = ids.at(-1) ?? null;
  }
}

/** After a change of the policy `severity`. */
export function regradeStories(tx: StoreTx, context: SeverityContext): Promise<readonly Touched[]> {
  const counting = { threshold: context.policies.polarity.threshold, finder: finderOf(context.policies) };
  return regradeOpen(
    tx,
    context,
    async ({ id }, stored) => stored ?? (await countedAnew(tx, id, counting)),
    () => true,
  );
}

/** Stories of older programs that nobody has graded yet. */
export function gradeUngraded(tx: StoreTx, context: SeverityContext): Promise<readonly Touched[]> {
  const counting = { threshold: context.policies.polarity.threshold, finder: finderOf(context.policies) };
  return regradeOpen(
    tx,
    context,
    ({ id }) => countedAnew(tx, id, counting),
    (stored) => stored === undefined,
  );
}

/** After a change of the word lists: what mentions were found to be about may be something else now, in closed stories too. */
export async function recountStories(tx: StoreTx, context: SeverityContext): Promise<readonly Touched[]> {
  await tx.forgetSeverityCounters(null);
  return regradeStories(tx, context);
}

/** Stories of the brand that were spoken of when the spike began are part of it. */
export function regradeInSpike(tx: StoreTx, spike: BrandSpike, context: SeverityContext): Promise<readonly Touched[]> {
  const spikes = new Map([[brandKey(spike.brand), spike]]);
  return regradeOpen(
    tx,
    context,
    async (incident, stored) => {
      const sums = stored && inSpike(stored, incident, spikes);
      return sums === stored ? undefined : sums;
    },
    (stored) => stored !== undefined,
  );
}
