/**
 * Sums of many ranges that differ in nothing else are asked as one question with a sum for each day or hour, and put
 * together here: a quarter of days costs one look at the rows instead of ninety.
 */
import { addExact, type Exact } from '../../domain/ledger/exact.ts';
import type { LedgerAnswer, LedgerQuestion, SumQuestion, SumRow } from '../ports/ledger.ts';
import type { LedgerAsk } from './ask-kpis.ts';

/** Fewer are as cheap one by one. */
const ENOUGH = 3;
/** Ranges that lie far apart are not worth what lies between them. */
const MOST_GAP = 4;

interface Group {
  readonly key: string;
  readonly questions: SumQuestion[];
}

export function mergedAsk(ledger: LedgerAsk): LedgerAsk {
  return {
    ...(ledger.clocks && { clocks: ledger.clocks }),
    async ask(questions) {
      const groups = new Map<string, Group>();
      for (const question of questions) {
        const key = keyOf(question);
        if (key === undefined || question.ask !== 'sums') continue;
        const group = groups.get(key) ?? { key, questions: [] };
        groups.set(key, group);
        group.questions.push(question);
      }
      const merged = new Map(
        [...groups].filter(([, group]) => isWorthIt(group.questions)).map(([key, group]) => [key, hullOf(group.questions)]),
      );
      const single = questions.filter((question) => !merged.has(keyOf(question) ?? ''));
      const answers = await ledger.ask([...merged.values(), ...single]);
      const rowsByKey = new Map([...merged.keys()].map((key, i) => [key, byBucket(answers[i] ?? [])]));
      let next = merged.size;
      return questions.map((question) => {
        const rows = rowsByKey.get(keyOf(question) ?? '');
        return rows ? summed(rows, question.from, question.to) : (answers[next++] ?? []);
      });
    },
  };
}

/** The same text = the same question but for its range; undefined for one that is not merged. */
function keyOf(question: LedgerQuestion): string | undefined {
  if (question.ask !== 'sums' || question.perBucket === true || question.unit === 'step') return undefined;
  return JSON.stringify({ ...question, from: 0, to: 0 });
}

function isWorthIt(questions: readonly SumQuestion[]): boolean {
  const { from, to } = hullOf(questions);
  const covered = questions.reduce((sum, question) => sum + question.to - question.from, 0);
  return questions.length >= ENOUGH && to - from <= covered * MOST_GAP;
}

function hullOf(questions: readonly SumQuestion[]): SumQuestion {
  const [first] = questions;
  if (!first) throw new Error('a group of no questions');
  const from = questions.reduce((least, question) => Math.min(least, question.from), Infinity);
  const to = questions.reduce((most, question) => Math.max(most, question.to), -Infinity);
  return { ...first, from, to, perBucket: true };
}

function byBucket(rows: LedgerAnswer): ReadonlyMap<number, readonly SumRow[]> {
  const found = new Map<number, SumRow[]>();
  for (const row of rows) {
    if (!('measures' in row) || row.bucket === null) continue;
    const list = found.get(row.bucket);
    if (list) list.push(row);
    else found.set(row.bucket, [row]);
  }
  return found;
}

function summed(rows: ReadonlyMap<number, readonly SumRow[]>, from: number, to: number): readonly SumRow[] {
  const groups = new Map<string, { readonly row: SumRow; measures: readonly Exact[] }>();
  for (let bucket = from; bucket < to; bucket += 1) {
    for (const row of rows.get(bucket) ?? []) {
      const key = JSON.stringify(row.dims);
      const group = groups.get(key);
      if (group) group.measures = group.measures.map((sum, i) => addExact(sum, row.measures[i] ?? 0));
      else groups.set(key, { row, measures: row.measures });
    }
  }
  return [...groups.values()].flatMap(({ row: { dims }, measures }) =>
    measures.every((m) => m === 0) ? [] : [{ bucket: null, dims, measures }],
  );
}
