/**
 * Admission [I4]: what one more version means to a fact, independent of the order
 * versions come in. A draft is a fact while a batch works on it.
 */
import type { FactKind } from '../../../shared/events/define.ts';
import type { Fact, FactVersion } from '../facts.ts';

export type Admission = 'applied' | 'older' | 'duplicate' | 'conflict';

export interface Draft {
  readonly kind: FactKind;
  readonly key: string;
  readonly source: string;
  /** As stored; undefined when the store has no such fact. */
  readonly before: Fact | undefined;
  /** Standing versions now, at most one per event type. */
  readonly versions: FactVersion[];
  /** Versions that came to history in this batch. */
  readonly history: FactVersion[];
  /** Versions first seen in this batch, whether they stand or not. */
  readonly admitted: FactVersion[];
  /** Some standing version is another one than before. */
  moved: boolean;
}

export function openDraft(kind: FactKind, key: string, source: string, before: Fact | undefined): Draft {
  return { kind, key, source, before, versions: before ? [...before.versions] : [], history: [], admitted: [], moved: false };
}

/** The fact as the draft has it. */
export function draftFact(draft: Draft): Fact {
  return draft.moved || !draft.before ? { kind: draft.kind, key: draft.key, source: draft.source, versions: draft.versions } : draft.before;
}

/**
 * Puts a version into the draft unless its number is taken. `seen` is what the store has
 * under exactly this number, standing or history. One number means one version over all
 * types of the fact: an order paid and cancelled under the same number contradicts itself.
 */
export function admit(draft: Draft, version: FactVersion, seen: FactVersion | undefined): Admission {
  const known = seen ?? withNumber(draft.admitted, version.version);
  if (known) return sameContent(known, version) ? 'duplicate' : 'conflict';

  draft.admitted.push(version);
  const { versions } = draft;
  for (let i = 0; i < versions.length; i++) {
    const standing = versions[i] as FactVersion;
    if (standing.type !== version.type) continue;
    if (standing.version > version.version) {
      draft.history.push(version);
      return 'older';
    }
    versions[i] = version;
    draft.history.push(standing);
    draft.moved = true;
    return 'applied';
  }
  versions.push(version);
  // Slots in a fixed order, so that a fact reads the same whichever type came first.
  if (versions.length > 1) versions.sort((a, b) => (a.type < b.type ? -1 : 1));
  draft.moved = true;
  return 'applied';
}

/** Content = type, instant and known fields; envelope id and unknown fields do not count (contract). */
export function sameContent(a: FactVersion, b: FactVersion): boolean {
  return a.type === b.type && a.occurredAt === b.occurredAt && a.body === b.body;
}

function withNumber(versions: readonly FactVersion[], number: number): FactVersion | undefined {
  for (const version of versions) if (version.version === number) return version;
  return undefined;
}
