/** Facts as they were at an instant: a version speaks from its own time on (R21). */
import type { Fact } from '../facts.ts';

/** undefined while nothing of the fact had happened. `instant` in UTC ms. */
export function factAsOf(fact: Fact, instant: number): Fact | undefined {
  const versions = fact.versions.filter((version) => version.occurredAt <= instant);
  if (versions.length === fact.versions.length) return fact;
  return versions.length === 0 ? undefined : { ...fact, versions };
}

/** Those of which something had happened. */
export function factsAsOf(facts: readonly Fact[], instant: number): readonly Fact[] {
  return facts.length === 0 ? facts : facts.flatMap((fact) => factAsOf(fact, instant) ?? []);
}
