/**
 * Ledger rows of facts whose versions are totals so far: each version says what was true from its own time on, and goes on
 * being true of that time when a newer one comes. At every instant the highest version that has happened speaks (R28). A
 * version that comes moves the rows of its neighbours in time only.
 */
import type { FactKind } from '../../../shared/events/define.ts';
import type { Fact, FactVersion } from '../facts.ts';
import { causeOf, type ChangeContext } from './cause.ts';
import type { Family } from './family.ts';
import { families, familyNames, type FamilyName } from './registry.ts';
import { appended, type LedgerRow } from './row.ts';
import { afterStep, inOrder, type Step } from './steps.ts';
import { difference } from './timeline.ts';

function isOfVersions(family: Family): family is Family<'versions'> {
  return family.entity === 'versions';
}
const versionFamilies = familyNames.flatMap((name): { readonly name: FamilyName; readonly family: Family<'versions'> }[] => {
  const family: Family = families[name];
  return isOfVersions(family) ? [{ name, family }] : [];
});

/** Kinds of facts of which every version counts. */
export const versionKinds: readonly FactKind[] = [...new Set(versionFamilies.flatMap(({ family }) => family.facts))];

/** What steps come to: the fact as it stands, undefined for a new one, and versions known of it. */
export interface KnownVersions {
  readonly fact: Fact | undefined;
  /** At least the one that stands and, unless every step is a higher version at its time or later, all others. */
  readonly versions: readonly FactVersion[];
}

/** Appends to `rows` what the steps change, one after the other. */
export function addVersionChanges(rows: LedgerRow[], known: KnownVersions, steps: readonly Step[], context: ChangeContext): void {
  let { fact } = known;
  const speaking = speakingOf(known.versions);
  for (const step of inOrder(steps)) {
    const cause = causeOf(step, fact, context);
    fact = afterStep(fact, step);
    const place = placeOf(speaking, step.version);
    if (!place) continue;
    const before = speaking.slice(Math.max(0, place.from - 1), place.to + 1);
    const after = aroundOf(speaking, place, step.version);
    speaking.splice(place.from, place.to - place.from, step.version);
    for (const { name, family } of versionFamilies) {
      if (!family.facts.includes(step.kind)) continue;
      const [was, is] = [before, after].map((some) => family.rows({ key: step.key, speaking: some }, context));
      for (const row of difference(was ?? [], is ?? [])) rows.push(appended(row, name, step.version.receivedAt, cause));
    }
  }
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Which of those that speak give way to the version; undefined where a higher one has spoken before. */
function placeOf(speaking: readonly FactVersion[], version: FactVersion): Place | undefined {
  const last = speaking.findLastIndex(({ occurredAt }) => occurredAt <= version.occurredAt);
  const previous = speaking[last];
  if (previous && previous.version > version.version) return undefined;
  const from = previous?.occurredAt === version.occurredAt ? last : last + 1;
  let to = from;
  while ((speaking[to]?.version ?? Infinity) < version.version) to++;
  return { from, to };
}

function aroundOf(speaking: readonly FactVersion[], { from, to }: Place, version: FactVersion): readonly FactVersion[] {
  return [...speaking.slice(Math.max(0, from - 1), from), version, ...speaking.slice(to, to + 1)];
}

/** Of all versions those that speak at some time, by time. */
function speakingOf(versions: readonly FactVersion[]): FactVersion[] {
  const speaking: FactVersion[] = [];
  for (const version of [...versions].sort((a, b) => a.occurredAt - b.occurredAt || b.version - a.version)) {
    const last = speaking.at(-1);
    if (!last || last.version < version.version) speaking.push(version);
  }
  return speaking;
}
