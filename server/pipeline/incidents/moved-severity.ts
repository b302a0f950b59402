/**
 * Severity of two stories between which mentions move. A merge adds the sums of both, whatever their size [T9]; a split
 * moves what the mentions that leave had added.
 */
import type { SeverityMember } from '../../domain/severity/counters.ts';
import { mergedCounters, noCounters, withMember } from '../../domain/severity/counters.ts';
import type { Fact } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { StoreTx } from '../ports/transaction.ts';
import type { IncidentBatch } from './batch.ts';
import { finderOf, severityMember } from './severity-member.ts';
import { countedAnew, regraded } from './story-severity.ts';

/** After the mentions of `from` moved to `into`, before the batch is written. Resolves to what writes the sums afterwards. */
export async function mergeSeverity(
  tx: StoreTx,
  batch: IncidentBatch,
  from: Incident,
  into: Incident,
  now: number,
): Promise<() => Promise<void>> {
  const policies = await tx.policies();
  const stored = await tx.severityCounters([from.id, into.id]);
  const [theirs, own] = [stored.get(from.id), stored.get(into.id)];
  const counting = { threshold: policies.polarity.threshold, finder: finderOf(policies) };
  const sums = theirs && own ? mergedCounters(own, theirs) : await countedAnew(tx, into.id, counting);
  batch.addSeverity(into.id, into, regraded(batch.state(into.id) ?? into, sums, { now, policies }));
  return () =>
    tx.putSeverityCounters([
      [from.id, noCounters],
      [into.id, sums],
    ]);
}

/** The same for the mentions that leave `from` for the story that opens in this batch as `id`; they have not moved yet. */
export async function splitSeverity(
  tx: StoreTx,
  batch: IncidentBatch,
  from: Incident,
  id: string,
  leaving: readonly Fact[],
  now: number,
): Promise<() => Promise<void>> {
  const policies = await tx.policies();
  const counting = { threshold: policies.polarity.threshold, finder: finderOf(policies) };
  let left = (await tx.severityCounters([from.id])).get(from.id) ?? (await countedAnew(tx, from.id, counting));
  let opened = { ...noCounters, spikeAt: left.spikeAt };
  for (const fact of leaving) {
    const member: SeverityMember | null = severityMember(fact, counting.threshold, counting.finder);
    left = withMember(left, member, null);
    opened = { ...withMember(opened, null, member), spikeAt: opened.spikeAt };
  }
  batch.addSeverity(from.id, from, regraded(batch.state(from.id) ?? from, left, { now, policies }));
  const state = batch.state(id);
  if (state !== undefined) batch.addSeverity(id, undefined, regraded(state, opened, { now, policies }));
  return () =>
    tx.putSeverityCounters([
      [from.id, left],
      [id, opened],
    ]);
}
