/** Which versions of a fact speak at an earlier moment. */
import type { Fact, FactVersion } from '../../../domain/facts.ts';
import type { Moment } from '../../../pipeline/ports/past.ts';

/**
 * A version was there once it was received. As known now it counts from its own time on (R21), also where it came late: so a
 * correction that was dated back speaks, and one of what happened afterwards does not.
 */
export function isVisible({ receivedAt, occurredAt }: FactVersion, { at, known }: Moment): boolean {
  return known === 'then' ? receivedAt <= at : occurredAt <= at;
}

export interface PastFact {
  readonly fact: Fact;
  /** Versions that were there and did not stand. */
  readonly superseded: readonly FactVersion[];
}

/** The fact as it stood: of each type the highest version that was there. undefined while there was none. */
export function pastFact(fact: Fact, history: readonly FactVersion[], moment: Moment): PastFact | undefined {
  const there = [...fact.versions, ...history].filter((version) => isVisible(version, moment));
  if (there.length === 0) return undefined;
  const standing = new Map<FactVersion['type'], FactVersion>();
  for (const version of there) {
    const other = standing.get(version.type);
    if (other === undefined || version.version > other.version) standing.set(version.type, version);
  }
  const versions = [...standing.values()];
  return { fact: { ...fact, versions }, superseded: there.filter((version) => !versions.includes(version)) };
}
