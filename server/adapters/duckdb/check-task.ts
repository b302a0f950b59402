/** Names of a question that the registry of families does not know are a bug of the caller: they are found before anything runs. */
import { families, familyNames } from '../../domain/ledger/registry.ts';
import type { LedgerRange } from '../../pipeline/ports/ledger.ts';
import { placeOf } from '../../pipeline/ports/page.ts';
import type { Task } from './messages.ts';

/** What `of` of a distinct count says for the rows' entities. */
export const ENTITY = 'entity';

interface Named {
  readonly by?: readonly string[];
  readonly of?: string;
  readonly measure?: string;
}

/** Throws for a name nobody defined and a cursor no ledger gave. */
export function checkTask(task: Task): void {
  switch (task.kind) {
    case 'ask':
    case 'sumsAt':
      task.questions.forEach(checkNames);
      return;
    case 'rows':
      checkNames(task.question);
      if (task.question.cursor !== undefined && !placeOf(task.question.cursor)) {
        throw new Error(`no cursor of the ledger: ${task.question.cursor}`);
      }
      return;
    case 'changes':
      checkNames(task.question);
  }
}

function checkNames({ family, where, by = [], of, measure }: LedgerRange & Named): void {
  if (!familyNames.includes(family)) throw new Error(`the ledger has no family ${family}`);
  const { dims, measures }: { readonly dims: readonly string[]; readonly measures: readonly string[] } = families[family];
  const asked = [...by, ...where.map(({ dim }) => dim), ...(of === undefined || of === ENTITY ? [] : [of])];
  const unknown = asked.find((name) => !dims.includes(name));
  if (unknown !== undefined) throw new Error(`${family} has no dimension ${unknown}`);
  if (measure !== undefined && !measures.includes(measure)) throw new Error(`${family} has no measure ${measure}`);
}
