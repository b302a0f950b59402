/** Folds the facts that stand for themselves, and mentions, which stand for themselves but have a history of opinions. */
import { draftFact, type Draft } from '../../domain/fold/admit.ts';
import { mentionColumns } from '../../domain/fold/mention.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { addFactChanges } from '../../domain/ledger/fact-rows.ts';
import { stepsOf } from '../../domain/ledger/steps.ts';
import type { Fact } from '../../domain/facts.ts';
import type { FoldContext } from './context.ts';
import { factKinds } from './fact-kinds.ts';

/** Writes every draft of a plain kind, and what the ledger's families make of it. */
export function foldPlain(fold: FoldContext): void {
  const { calendar } = fold.change;
  for (const [kind, drafts] of fold.drafts) {
    const columnsOf = factKinds[kind].columns;
    if (!columnsOf) continue;
    for (const draft of drafts.values()) {
      if (draft.admitted.length === 0) continue;
      const fact = draftFact(draft);
      addChanges(fold, draft, fact);
      fold.writes.push({ fact, columns: columnsOf(fact, calendar), history: draft.history, isNew: draft.before === undefined });
    }
  }
}

/** Returns what incident intake has to look at. */
export function foldMentions(fold: FoldContext, drafts: ReadonlyMap<string, Draft>): MentionChange[] {
  const changes: MentionChange[] = [];
  const { calendar, threshold } = fold.change;
  for (const draft of drafts.values()) {
    if (draft.admitted.length === 0) continue;
    const { before } = draft;
    const after = draftFact(draft);
    const columns = mentionColumns(after, calendar, threshold);
    if (draft.moved) {
      const columnsBefore = before && mentionColumns(before, calendar, threshold);
      addChanges(fold, draft, after);
      changes.push({ before, after, columnsBefore, columns, passed: draft.history });
    }
    fold.writes.push({ fact: after, columns, history: draft.history, isNew: before === undefined });
  }
  return changes;
}

function addChanges({ rows, change }: FoldContext, draft: Draft, fact: Fact): void {
  if (draft.moved) addFactChanges(rows, draft.before, stepsOf(fact, draft.admitted), change);
}
