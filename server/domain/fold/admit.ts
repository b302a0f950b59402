/**
 * Admission [I4]: what one more version means to a fact, independent of the order
 * versions come in. A draft is a fact while a batch works on it.
 */
import type { FactKind } from '../../../shared/events/define.ts';
import { givingWay, isOwnJudgement } from './own-judgement.ts';
import { bodyText, type Fact, type FactVersion } from '../facts.ts';

export type Admission = 'applied' | 'older' | 'duplicate' | 'conflict';

export interface Draft {
  readonly kind: FactKind;
  readonly key: string;
  readonly source: string;
  /** As stored; undefined when the store has no such fact. */
  readonly before: Fact | undefined;
  /** Standing versions now, at most one per event type. */
  versions: readonly FactVersion[];
  /** Versions that came to history in this piece of work. */
  history: readonly FactVersion[];
  /** Versions first seen in this piece of work, whether they stand or not. */
  admitted: readonly FactVersion[];
  /** Some standing version is another one than before. */
  moved: boolean;
}

/** Lists are replaced, never added to: most drafts end with one version in each, and a list of one takes a tenth of a list that may grow. */
const none: readonly FactVersion[] = [];

export function openDraft(kind: FactKind, key: string, source: string, before: Fact | undefined): Draft {
  return { kind, key, source, before, versions: before ? before.versions : none, history: none, admitted: none, moved: false };
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
  if (draft.kind === 'mention') giveWay(draft, version);
  // A judgement of our own leaves its number to the source that counts it.
  const taken = seen ?? withNumber(draft.admitted, version.version);
  const known = taken && isOwnJudgement(taken) && !isOwnJudgement(version) ? undefined : taken;
  if (known) return sameContent(known, version) ? 'duplicate' : 'conflict';

  draft.admitted = [...draft.admitted, version];
  const { versions } = draft;
  for (let i = 0; i < versions.length; i++) {
    const standing = versions[i] as FactVersion;
    if (standing.type !== version.type) continue;
    if (standing.version > version.version) {
      draft.history = [...draft.history, version];
      return 'older';
    }
    draft.versions = versions.with(i, replacing(standing, version));
    draft.history = [...draft.history, standing];
    draft.moved = true;
    return 'applied';
  }
  // Slots in a fixed order, so that a fact reads the same whichever type came first.
  draft.versions = versions.length === 0 ? [version] : [...versions, version].sort((a, b) => (a.type < b.type ? -1 : 1));
  draft.moved = true;
  return 'applied';
}

/** Moves or drops a judgement of our own that stands in the way of a source's version. */
function giveWay(draft: Draft, version: FactVersion): void {
  const versions = givingWay(draft.versions, version);
  if (versions === draft.versions) return;
  const own = draft.versions.find(isOwnJudgement);
  const moved = versions.find(isOwnJudgement);
  if (own && moved) draft.admitted = draft.admitted.map((one) => (one === own ? moved : one));
  else if (own) draft.history = [...draft.history, own];
  draft.versions = versions;
  draft.moved = true;
}

/** A mention that is edited is still as old to us as its first version: what counts as history depends on that. */
function replacing(standing: FactVersion, version: FactVersion): FactVersion {
  if (version.type !== 'sentiment.mention') return version;
  const first = standing.firstReceivedAt ?? standing.receivedAt;
  if (first >= version.receivedAt) return version;
  const epoch = standing.firstReceivedAt === undefined ? standing.epoch : standing.firstEpoch;
  return { ...version, firstReceivedAt: first, ...(epoch !== undefined && { firstEpoch: epoch }) };
}

/** Content = type, instant and known fields; envelope id and unknown fields do not count (contract). */
export function sameContent(a: FactVersion, b: FactVersion): boolean {
  return a.type === b.type && a.occurredAt === b.occurredAt && bodyText(a) === bodyText(b);
}

function withNumber(versions: readonly FactVersion[], number: number): FactVersion | undefined {
  for (const version of versions) if (version.version === number) return version;
  return undefined;
}
