/** Sums of measures, and what changes added. */
import { narrowed, type Exact } from '../../../domain/ledger/exact.ts';
import { causes, type Cause } from '../../../domain/ledger/row.ts';
import type { ChangeRow, ChangesQuestion, SumQuestion, SumRow } from '../../../pipeline/ports/ledger.ts';
import type { ExplainedSum } from '../../../pipeline/ports/ledger-explain.ts';
import { bigintIn, integerIn, textOrNullIn, type ResultRow } from './result-values.ts';
import { bucketSql, createTexts, rangeSql, whole, type Statement } from './range.ts';
import { dimColumn, measureColumn, namesOf, tableOf } from './schema.ts';

/** @param only a condition more, of the rows that are added up */
export function sumStatement(question: SumQuestion, only?: string): Statement {
  const texts = createTexts();
  const groups = [...(question.perBucket === true ? [bucketSql(question.unit)] : []), ...question.by.map(dimColumn)];
  const sums = wantedOf(question).map((measure) => `sum(${measureColumn(measure)})::hugeint`);
  const sql = `select ${[...groups, ...sums].join(', ')} from ${tableOf(question.family)} where ${[rangeSql(question, texts), ...(only === undefined ? [] : [only])].join(' and ')}
    ${groupBy(groups.length)} having ${sums.map((sum) => `${sum} <> 0`).join(' or ')}`;
  return { sql, values: texts.values };
}

export function sumRow(question: SumQuestion, row: ResultRow): SumRow {
  const skip = question.perBucket === true ? 1 : 0;
  const from = skip + question.by.length;
  const wanted = wantedOf(question);
  return {
    bucket: skip === 1 ? integerIn(row, 0) : null,
    dims: question.by.map((_, i) => textOrNullIn(row, skip + i)),
    measures: namesOf(question.family).measures.map((measure) => {
      const at = wanted.indexOf(measure);
      return at < 0 ? 0 : narrowed(bigintIn(row, from + at));
    }),
  };
}

/** In the order of the question's columns. */
function wantedOf({ family, measures }: SumQuestion): readonly string[] {
  return measures ?? namesOf(family).measures;
}

/** Products beyond it could leave the range of a bigint. */
const SMALL_FACTOR = 100;

/** Measures of a row, each times a whole number. */
export function amountOf(weights: ExplainedSum['weights']): string {
  const products = weights.map(({ measure, factor }) => {
    const column = measureColumn(measure);
    if (factor === 1) return column;
    if (factor === -1) return `-${column}`;
    return `${Math.abs(factor) > SMALL_FACTOR ? `${column}::hugeint` : column} * ${whole(factor)}`;
  });
  return `(${products.join(' + ') || '0'})`;
}

/** An entity received at one instant is one change: those are summed first, then counted. Entities are told apart as in `nettedStatement`. */
export function changesStatement(question: ChangesQuestion): Statement {
  const texts = createTexts();
  const by = question.by.map(dimColumn);
  const { measures } = namesOf(question.family);
  const groups = [...by.map((column, i) => `${column} as g${i}`), 'cause'];
  const perChange = measures.map((measure, i) => `sum(${measureColumn(measure)}) as s${i}`);
  const moved = question.moved?.map((measure) => `s${measures.indexOf(measure)} <> 0`);
  const counted = moved ? `count(*) filter (${moved.length === 0 ? 'false' : moved.join(' or ')})` : 'count(*)';
  const received = `received > ${whole(Math.floor(question.after))} and received <= ${whole(Math.floor(question.until))}`;
  const sql = `select ${[...by.map((_, i) => `g${i}`), 'cause', counted, 'max(received)', ...measures.map((_, i) => `sum(s${i})::hugeint`)].join(', ')}
    from (select ${[...groups, 'received', ...perChange].join(', ')} from ${tableOf(question.family)}
      where ${received} and ${rangeSql(question, texts)} group by ${[...by, 'cause', 'hash(kind, entity)', 'received'].join(', ')})
    ${groupBy(by.length + 1)}`;
  return { sql, values: texts.values };
}

export function changeRow(question: ChangesQuestion, row: ResultRow): ChangeRow {
  const at = question.by.length;
  return {
    dims: question.by.map((_, i) => textOrNullIn(row, i)),
    cause: causeOfCode(integerIn(row, at)),
    count: integerIn(row, at + 1),
    received: integerIn(row, at + 2),
    measures: measuresIn(row, at + 3),
  };
}

export function causeOfCode(code: number): Cause {
  const cause = causes[code];
  if (cause === undefined) throw new Error(`no cause has the number ${code}`);
  return cause;
}

export function groupBy(columns: number): string {
  return columns === 0 ? '' : `group by ${Array.from({ length: columns }, (_, i) => i + 1).join(', ')}`;
}

function measuresIn(row: ResultRow, from: number): Exact[] {
  return row.slice(from).map((_, i) => narrowed(bigintIn(row, from + i)));
}
