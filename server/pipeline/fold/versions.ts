/** Folds what came of facts of which every version counts, also one that comes behind a higher one (R28). */
import { draftFact, type Draft } from '../../domain/fold/admit.ts';
import { addVersionChanges, versionKinds } from '../../domain/ledger/version-rows.ts';
import { stepsOf } from '../../domain/ledger/steps.ts';
import type { FactVersion } from '../../domain/facts.ts';
import type { FoldContext } from './context.ts';
import { draftsOf } from './load.ts';

/** Must run before the chunk's facts are put: what is stored is how they were. */
export async function foldVersions(fold: FoldContext): Promise<void> {
  for (const kind of versionKinds) {
    const drafts = [...draftsOf(fold.drafts, kind).values()].filter(({ admitted }) => admitted.length > 0);
    const unsure = drafts.filter((draft) => !goesOn(draft)).map(({ key }) => key);
    const histories = unsure.length > 0 ? await fold.tx.factHistory(kind, unsure) : none;
    for (const draft of drafts) {
      const { before, admitted } = draft;
      const versions = [...(before?.versions ?? []), ...(histories.get(draft.key) ?? [])];
      addVersionChanges(fold.rows, { fact: before, versions }, stepsOf(draftFact(draft), admitted), fold.change);
    }
  }
}

const none: ReadonlyMap<string, readonly FactVersion[]> = new Map();

/** Whether all that came is newer than what stands, by number and by time, as nearly always: then the past stays as it is. */
function goesOn({ before, admitted }: Draft): boolean {
  const [standing] = before?.versions ?? [];
  return !standing || admitted.every(({ version, occurredAt }) => version > standing.version && occurredAt >= standing.occurredAt);
}
