/** Answers a task within one transaction, so that all its questions see one state; questions that are alike run once. */
import type { LedgerRow } from '../../../domain/ledger/row.ts';
import type { DistinctRow, FollowedRow, LedgerQuestion, SumRow } from '../../../pipeline/ports/ledger.ts';
import type { Task, TaskAnswer } from '../messages.ts';
import { distinctRow, distinctStatement } from './distinct.ts';
import { explainPage } from './explain.ts';
import { followedRow, followedStatement } from './followed.ts';
import type { Statement } from './range.ts';
import { textIn, type ResultRow } from './result-values.ts';
import { placedRow, rowsBehindStatement, rowsPage, rowsStatement } from './rows.ts';
import { silenceRow, silencesStatement } from './silences.ts';
import { changeRow, changesStatement, sumRow, sumStatement } from './sums.ts';

export type Run = (statement: Statement) => Promise<readonly ResultRow[]>;
type Answer = readonly SumRow[] | readonly DistinctRow[] | readonly FollowedRow[];

export async function answerTask(task: Task, run: Run): Promise<TaskAnswer> {
  switch (task.kind) {
    case 'ask':
      return { kind: 'ask', answers: await answerQuestions(task.questions, run) };
    case 'explain':
      return { kind: 'explain', page: await explainPage(task.question, run), beside: await answerQuestions(task.questions, run) };
    case 'sumsAt': {
      const [position] = await run({ sql: `select value from meta where name = 'position'`, values: [] });
      if (!position) throw new Error('the ledger has no position');
      const sums: (readonly SumRow[])[] = [];
      const ahead: (readonly LedgerRow[])[] = [];
      for (const question of task.questions) {
        const upTo = { ...question, cut: { asOf: task.asOf } };
        sums.push((await run(sumStatement(upTo))).map((row) => sumRow(upTo, row)));
        ahead.push((await run(rowsBehindStatement(question, task.asOf))).map((row) => placedRow(question.family, row)));
      }
      return { kind: 'sumsAt', sums: { position: Number(textIn(position, 0)), sums, ahead } };
    }
    case 'rows':
      return { kind: 'rows', page: rowsPage(task.question, await run(rowsStatement(task.question))) };
    case 'changes':
      return { kind: 'changes', rows: (await run(changesStatement(task.question))).map((row) => changeRow(task.question, row)) };
    case 'silences':
      return { kind: 'silences', silences: (await run(silencesStatement(task.question))).map(silenceRow) };
  }
}

async function answerQuestions(questions: readonly LedgerQuestion[], run: Run): Promise<readonly Answer[]> {
  const known = new Map<string, Answer>();
  const answers: Answer[] = [];
  for (const question of questions) {
    // JSON has no infinite numbers.
    const key = JSON.stringify(question, (_, value: unknown) => (typeof value === 'number' ? String(value) : value));
    const answer = known.get(key) ?? (await answerQuestion(question, run));
    known.set(key, answer);
    answers.push(answer);
  }
  return answers;
}

async function answerQuestion(question: LedgerQuestion, run: Run): Promise<Answer> {
  switch (question.ask) {
    case 'sums':
      return (await run(sumStatement(question))).map((row) => sumRow(question, row));
    case 'distinct':
      return (await run(distinctStatement(question))).map((row) => distinctRow(question, row));
    case 'followed':
      return (await run(followedStatement(question))).map((row) => followedRow(question, row));
  }
}
