/** Folds the facts that stand for themselves, and mentions, which stand for themselves but have a history of opinions. */
import type { Draft } from '../../domain/fold/admit.ts';
import { draftFact } from '../../domain/fold/admit.ts';
import { addMention, mentionColumns } from '../../domain/fold/mention.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { addSpend } from '../../domain/fold/spend.ts';
import type { FoldContext } from './context.ts';
import { factKinds } from './fact-kinds.ts';

/** Writes every draft of a plain kind; spend also counts. */
export function foldPlain(fold: FoldContext): void {
  for (const [kind, drafts] of fold.drafts) {
    const columnsOf = factKinds[kind].columns;
    if (!columnsOf) continue;
    for (const draft of drafts.values()) {
      if (draft.admitted.length === 0) continue;
      const fact = draftFact(draft);
      if (kind === 'spend' && draft.moved) {
        if (draft.before) addSpend(draft.before, fold.calendar, fold.sums, -1);
        addSpend(fact, fold.calendar, fold.sums, 1);
      }
      fold.writes.push({ fact, columns: columnsOf(fact, fold.calendar), history: draft.history, isNew: draft.before === undefined });
    }
  }
}

/** Returns what incident intake has to look at. */
export function foldMentions(fold: FoldContext, drafts: ReadonlyMap<string, Draft>): MentionChange[] {
  const changes: MentionChange[] = [];
  const { calendar, threshold, sums } = fold;
  for (const draft of drafts.values()) {
    if (draft.admitted.length === 0) continue;
    const { before } = draft;
    const after = draftFact(draft);
    const columns = mentionColumns(after, calendar, threshold);
    if (draft.moved) {
      const columnsBefore = before && mentionColumns(before, calendar, threshold);
      if (before && columnsBefore) addMention(before, columnsBefore, calendar, sums, -1);
      addMention(after, columns, calendar, sums, 1);
      changes.push({ before, after, columnsBefore, columns, passed: draft.history });
    }
    fold.writes.push({ fact: after, columns, history: draft.history, isNew: before === undefined });
  }
  return changes;
}
