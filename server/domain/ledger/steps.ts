/**
 * A step is one version of one fact coming to be known. The ledger's rows are the differences that steps make, in one
 * order whatever way the events arrived: by receipt, and among versions received at once by kind, version and key.
 * So a fold of what arrives and a rebuild from what is kept write the same rows [I5].
 */
import type { FactKind } from '../../../shared/events/define.ts';
import { givingWay } from '../fold/own-judgement.ts';
import type { Fact, FactVersion } from '../facts.ts';

export interface Step {
  readonly kind: FactKind;
  readonly key: string;
  readonly source: string;
  readonly version: FactVersion;
}

/** Facts that others are joined to come first, so that what arrives together is joined at once. */
const rank: Partial<Record<FactKind, number>> = { lead: 0, order: 1, refund: 2, leadStatus: 3 };

export function inOrder(steps: readonly Step[]): readonly Step[] {
  return steps.length < 2 ? steps : [...steps].sort(compare);
}

function compare(a: Step, b: Step): number {
  return (
    a.version.receivedAt - b.version.receivedAt ||
    (rank[a.kind] ?? 9) - (rank[b.kind] ?? 9) ||
    a.version.version - b.version.version ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}

/** The steps a fact came to be by. */
export function stepsOf(fact: Fact, versions: readonly FactVersion[]): Step[] {
  return versions.map((version) => ({ kind: fact.kind, key: fact.key, source: fact.source, version }));
}

/** A judgement of our own gives way here as it does where versions are admitted, so that both see one fact. */
function withoutOwn(fact: Fact, version: FactVersion): Fact {
  const versions = givingWay(fact.versions, version);
  return versions === fact.versions ? fact : { ...fact, versions };
}

/** The fact with one more version known; the same object where a higher version of that type stands already. */
export function afterStep(before: Fact | undefined, { kind, key, source, version }: Step): Fact {
  const fact = before && kind === 'mention' ? withoutOwn(before, version) : before;
  if (!fact) return { kind, key, source, versions: [version] };
  const standing = fact.versions.findIndex(({ type }) => type === version.type);
  if (standing < 0) return { ...fact, versions: [...fact.versions, version] };
  if ((fact.versions[standing]?.version ?? 0) >= version.version) return fact;
  return { ...fact, versions: fact.versions.with(standing, version) };
}
