/** Names of a question that the registry of families does not know are a bug of the caller: they are found before anything runs. */
import { families, familyNames } from '../../domain/ledger/registry.ts';
import type { LedgerQuestion, LedgerRange } from '../../pipeline/ports/ledger.ts';
import { placeOf } from '../../pipeline/ports/page.ts';
import type { Task } from './messages.ts';

/** What `of` of a distinct count says for the rows' entities. */
export const ENTITY = 'entity';

interface Named {
  readonly by?: readonly string[];
  readonly of?: string;
  readonly measure?: string;
  readonly measures?: readonly string[];
  readonly moved?: readonly string[];
  readonly weights?: readonly { readonly measure: string; readonly factor: number }[];
}

/** Throws for a name nobody defined and a cursor no ledger gave. */
export function checkTask(task: Task): void {
  switch (task.kind) {
    case 'ask':
    case 'sumsAt':
      task.questions.forEach(checkNames);
      task.questions.forEach(checkFollowers);
      return;
    case 'rows':
      checkNames(task.question);
      if (task.question.cursor !== undefined && !placeOf(task.question.cursor)) {
        throw new Error(`no cursor of the ledger: ${task.question.cursor}`);
      }
      return;
    case 'changes':
      checkNames(task.question);
      return;
    case 'silences':
      checkNames({ ...task.question, unit: 'step', where: [] });
      return;
    case 'instantsAhead':
      checkNames({ family: task.family, unit: 'day', from: 0, to: 0, where: [] });
      return;
    case 'explain':
      task.questions.forEach(checkNames);
      task.question.terms.forEach(checkNames);
  }
}

function checkFollowers(question: LedgerQuestion): void {
  if (question.ask !== 'followed') return;
  if (question.followers.length === 0) throw new Error('a question for what follows names nothing that may');
  for (const { family, things, measures, where } of question.followers) {
    if (things.length === 0 || measures.length === 0) throw new Error(`a follower of ${family} without things or measures`);
    for (const measure of measures) checkNames({ family, unit: 'day', from: 0, to: 0, where, by: things, measure });
  }
}

function checkNames({
  family,
  where,
  only = [],
  by = [],
  of,
  measure,
  measures: wanted,
  moved = [],
  weights = [],
}: LedgerRange & Named): void {
  if (!familyNames.includes(family)) throw new Error(`the ledger has no family ${family}`);
  const { dims, measures }: { readonly dims: readonly string[]; readonly measures: readonly string[] } = families[family];
  const asked = [...by, ...[...where, ...only].map(({ dim }) => dim), ...(of === undefined || of === ENTITY ? [] : [of])];
  const unknown = asked.find((name) => !dims.includes(name));
  if (unknown !== undefined) throw new Error(`${family} has no dimension ${unknown}`);
  if (wanted?.length === 0) throw new Error(`sums of ${family} without measures`);
  const measured = [...(measure === undefined ? [] : [measure]), ...(wanted ?? []), ...moved, ...weights.map((weight) => weight.measure)];
  const missing = measured.find((name) => !measures.includes(name));
  if (missing !== undefined) throw new Error(`${family} has no measure ${missing}`);
}
