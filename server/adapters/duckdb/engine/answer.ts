/** Answers a task within one transaction, so that all its questions see one state; questions that are alike run once. */
import type { DistinctRow, FollowedRow, LedgerQuestion, RowsAhead, SumRow } from '../../../pipeline/ports/ledger.ts';
import type { Task, TaskAnswer } from '../messages.ts';
import type { Carried, CarriedQuestion } from './carried.ts';
import { dayGaps, type DayGaps } from './day-gaps.ts';
import { explainPage } from './explain.ts';
import { gapsFor } from './gap-counts.ts';
import { standOf } from './gap-keeper.ts';
import { anyFirstStatement, followedRow, followedStatement } from './followed.ts';
import { questionKey, type Statement } from './range.ts';
import { integerIn, textIn, type ResultRow } from './result-values.ts';
import { instantsAheadStatement, rowsAhead, rowsPage, rowsStatement } from './rows.ts';
import { silenceRow, silencesStatement } from './silences.ts';
import { answersOf, rollingIn, WINDOWS_ENOUGH } from './rolling.ts';
import { changeRow, changesStatement, sumRow, sumStatement } from './sums.ts';

export type Run = (statement: Statement) => Promise<readonly ResultRow[]>;
export type Answer = readonly SumRow[] | readonly DistinctRow[] | readonly FollowedRow[];

export async function answerTask(task: Task, run: Run, carried: Carried): Promise<TaskAnswer> {
  switch (task.kind) {
    case 'ask':
      return { kind: 'ask', answers: await answerQuestions(task.questions, run, carried) };
    case 'explain':
      return {
        kind: 'explain',
        page: await explainPage(task.question, run, (questions) => answerQuestions(questions, run, carried), task.questions),
        beside: await answerQuestions(task.questions, run, carried),
      };
    case 'sumsAt': {
      const position = await positionOf(run);
      const sums: (readonly SumRow[])[] = [];
      const ahead: RowsAhead[] = [];
      for (const question of task.questions) {
        const upTo = { ...question, cut: { asOf: task.asOf } };
        sums.push((await run(sumStatement(upTo))).map((row) => sumRow(upTo, row)));
        ahead.push(await rowsAhead(question, task.asOf, task.most, run));
      }
      return { kind: 'sumsAt', sums: { position, sums, ahead } };
    }
    case 'instantsAhead': {
      const found = await run(instantsAheadStatement(task.family, task.asOf, task.most));
      return { kind: 'instantsAhead', instants: found.map((row) => integerIn(row, 0)) };
    }
    case 'rows':
      return { kind: 'rows', page: rowsPage(task.question, await run(rowsStatement(task.question))) };
    case 'changes':
      return { kind: 'changes', rows: (await run(changesStatement(task.question))).map((row) => changeRow(task.question, row)) };
    case 'silences':
      return { kind: 'silences', silences: (await run(silencesStatement(task.question))).map(silenceRow) };
  }
}

/** Number of the newest block this transaction sees. */
async function positionOf(run: Run): Promise<number> {
  const [position] = await run({ sql: `select value from meta where name = 'position'`, values: [] });
  if (!position) throw new Error('the ledger has no position');
  return Number(textIn(position, 0));
}

async function answerQuestions(
  questions: readonly (LedgerQuestion | CarriedQuestion)[],
  run: Run,
  carried: Carried,
): Promise<readonly Answer[]> {
  if (questions.length === 0) return [];
  const position = await positionOf(run);
  const keys = new Set(questions.map(questionKey));
  const known = new Map<string, Answer>();
  const answerOf = async (question: LedgerQuestion | CarriedQuestion): Promise<Answer> => {
    const key = questionKey(question);
    const answer = known.get(key) ?? (await answerOne(question));
    known.set(key, answer);
    return answer;
  };
  async function answerOne(question: LedgerQuestion | CarriedQuestion): Promise<Answer> {
    if (question.ask === 'followed') {
      if ((await run(anyFirstStatement(question))).length === 0) return [];
      return (await run(followedStatement(question))).map((row) => followedRow(question, row));
    }
    // Who counts things on several days counts the things as well.
    const both: LedgerQuestion | undefined = question.ask === 'distinct' ? { ...question, severalDays: true } : undefined;
    if (both && !('severalDays' in question) && keys.has(questionKey(both))) return withoutDays(await answerOf(both));
    return carried.answer(question, position, run);
  }
  const tables = await tablesFor(questions, run);
  for (const rolling of rollingIn(questions, (question) => tables.has(gapsFor(question)))) {
    const rows = await carried.answer(rolling.question, position, run);
    const found = answersOf(
      rolling,
      rows.filter((row) => 'count' in row),
    );
    rolling.asked.forEach((question, i) => known.set(questionKey(question), found[i] ?? []));
  }
  const answers: Answer[] = [];
  for (const question of questions) answers.push(await answerOf(question));
  return answers;
}

/** Tables of day gaps there are; they are looked for only where there may be windows enough to be counted together. */
async function tablesFor(questions: readonly { readonly ask: string }[], run: Run): Promise<ReadonlySet<DayGaps | undefined>> {
  if (questions.filter(({ ask }) => ask === 'distinct').length < WINDOWS_ENOUGH) return new Set();
  const found: DayGaps[] = [];
  for (const gaps of dayGaps) if ((await standOf(gaps, run)) !== undefined) found.push(gaps);
  return new Set(found);
}

function withoutDays(answer: Answer): readonly DistinctRow[] {
  return answer.flatMap((row) => ('onSeveralDays' in row ? [{ ...row, onSeveralDays: 0 }] : []));
}
