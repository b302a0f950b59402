/**
 * What a sum is made of, a page at a time. Netting every entity of a month takes far longer than a page may: so the rows
 * received last name the candidates, only these are netted, and when too many of them net to 0 more are taken. A change
 * whose rows net to 0 did not change the amount, so an entity may belong behind the candidates: it then waits for its turn.
 */
import type { DimValue } from '../../../domain/dim-value.ts';
import { addExact, narrowed, timesExact, type Exact } from '../../../domain/ledger/exact.ts';
import type { LedgerQuestion, LedgerRange, SumQuestion } from '../../../pipeline/ports/ledger.ts';
import type { ExplainedRow, ExplainedTerm, ExplainPage, ExplainPlace, ExplainQuestion } from '../../../pipeline/ports/ledger-explain.ts';
import { ENTITY } from '../check-task.ts';
import type { Answer, Run } from './answer.ts';
import type { CarriedQuestion } from './carried.ts';
import { createTexts, questionKey, rangeSql, whole, type Statement, type Texts } from './range.ts';
import { bigintIn, integerIn, textIn, type ResultRow } from './result-values.ts';
import { kindIn } from './rows.ts';
import { dimColumn, measureColumn, namesOf, tableOf } from './schema.ts';
import { amountOf, causeOfCode } from './sums.ts';

type Ask = (questions: readonly CarriedQuestion[]) => Promise<readonly Answer[]>;

/** Candidates of a page: an entity has a few rows, so nearly every page is full at the first attempt. */
const CANDIDATES_A_ROW = 4;
const GROWTH = 8;

/** @param beside what is asked in the same transaction: a sum of it is not made twice */
export async function explainPage(question: ExplainQuestion, run: Run, ask: Ask, beside: readonly LedgerQuestion[]): Promise<ExplainPage> {
  const rows = question.terms.length === 0 ? [] : await firstRows(question, run);
  const page = rows.slice(0, question.limit);
  const last = page.at(-1);
  const next = last && rows.length > page.length ? { received: last.latest.received, kind: last.kind, entity: last.entity } : null;
  return { rows: page, next, ...(question.totals && { totals: await totalsOf(question, rows[0], run, ask, beside) }) };
}

/** One row more than the page holds, if there is one. */
async function firstRows(question: ExplainQuestion, run: Run): Promise<readonly ExplainedRow[]> {
  const rows: ExplainedRow[] = [];
  let { after } = question;
  let candidates = CANDIDATES_A_ROW * (question.limit + 1);
  for (;;) {
    const wanted = question.limit + 1 - rows.length;
    const answer = await run(pageStatement(question, after, candidates, wanted));
    const found = answer.flatMap((row) => (integerIn(row, 0) === 0 ? [explainedRow(row)] : []));
    rows.push(...found);
    const end = answer.find((row) => integerIn(row, 0) === 1);
    // Fewer candidates than asked for: there are no more.
    if (found.length === wanted || !end || integerIn(end, 3) < candidates) return rows;
    after = { received: integerIn(end, 4), kind: textIn(end, 1), entity: textIn(end, 2) };
    candidates *= GROWTH;
  }
}

/**
 * Rows that begin with 0 are of the page; the one that begins with 1 tells the last candidate and how many there were. The
 * entities' names cost most, so that they are looked through once for the candidates and once for all of their rows.
 */
function pageStatement({ terms }: ExplainQuestion, after: ExplainPlace | undefined, candidates: number, limit: number): Statement {
  const texts = createTexts();
  const order = 'received desc, gkind, gid';
  const behind = after ? ` where ${behindSql(after, texts)}` : '';
  const union = (parts: readonly string[]): string => parts.join(' union all ');
  const sql = `with candidates as materialized (
      select gkind, gid, received from (${union(terms.map((term) => namesSql(term, texts)))})${behind} order by ${order} limit ${whole(candidates)}),
    behind as (select received, gkind, gid from candidates order by received, gkind desc, gid desc limit 1),
    ${terms.map((term, i) => `own${i} as materialized (select * from (${rowsSql(term, texts)}) where (gkind, gid) in (select gkind, gid from candidates))`).join(', ')},
    page as materialized (
      select * from (
        select gkind, gid, sum(amount)::hugeint as amount, max(received) filter (amount <> 0) as received from (
          select gkind, gid, received, sum(amount) as amount from (${union(terms.map((term, i) => amountsSql(term, `own${i}`)))})
          group by gkind, gid, received
        ) group by gkind, gid having sum(amount) <> 0
      ) found${behind ? `${behind} and` : ' where'} exists (select 1 from behind b where found.received > b.received
        or (found.received = b.received and (found.gkind < b.gkind or (found.gkind = b.gkind and found.gid <= b.gid))))
      order by ${order} limit ${whole(limit)}),
    latest as (
      select own.*, page.amount from page join (${union(terms.map((_, i) => `select ${PLACE} from own${i}`))}) own
        on own.gkind = page.gkind and own.gid = page.gid and own.received = page.received
      qualify row_number() over (partition by page.gkind, page.gid order by block desc, ordinal desc) = 1)
    select 0, gkind, gid, amount, received, kind, entity, "at", since, cause from latest
    union all select 1, gkind, gid, (select count(*) from candidates), received, null, null, null, null, null from behind
    order by 1, 5 desc, 2, 3`;
  return { sql, values: texts.values };
}

function behindSql({ received, kind, entity }: ExplainPlace, texts: Texts): string {
  const at = whole(received);
  const [k, e] = [texts.add(kind), texts.add(entity)];
  return `(received < ${at} or (received = ${at} and (gkind > ${k} or (gkind = ${k} and gid > ${e}))))`;
}

type Totals = NonNullable<ExplainPage['totals']>;

/** @param first the row received last of those that are listed: the newest row of all was not received before it */
async function totalsOf(
  { terms }: ExplainQuestion,
  first: ExplainedRow | undefined,
  run: Run,
  ask: Ask,
  beside: readonly LedgerQuestion[],
): Promise<Totals> {
  const [term, ...others] = terms;
  if (!term) return { sum: 0, count: 0, received: null };
  const { sum, count } = others.length === 0 ? await totalsOfTerm(term, ask, beside) : await totalsOfTerms(terms, run);
  const texts = createTexts();
  const newest = `select max(r) from (${terms.map((each) => newestSql(each, first?.latest.received, texts)).join(' union all ')})`;
  const [row] = await run({ sql: newest, values: texts.values });
  return { sum, count, received: row === undefined || row[0] === null ? null : integerIn(row, 0) };
}

/** As questions that are carried on from one answer to the next: an explanation follows a figure, and another explanation. */
async function totalsOfTerm(term: ExplainedTerm, ask: Ask, beside: readonly LedgerQuestion[]): Promise<Pick<Totals, 'sum' | 'count'>> {
  if (term.ask === 'distinct') {
    const { count: which, factor, ...range } = term;
    const [found] = await ask([{ ...range, by: [], ...(which === 'onSeveralDays' && { severalDays: true }) }]);
    const counted = found?.[0] && 'onSeveralDays' in found[0] ? found[0][which === 'all' ? 'count' : which] : 0;
    return { sum: timesExact(counted, factor), count: factor === 0 ? 0 : counted };
  }
  const { weights, ...range } = term;
  const measures = [...new Set(weights.map(({ measure }) => measure))];
  const holding = beside.find((question) => holdsSums(question, range, measures));
  const [sums = [], entities] = await ask([holding ?? { ...range, by: [], measures }, { ...range, ask: 'netted', weights }]);
  const names = namesOf(term.family).measures;
  const wanted = sums.filter((row) => 'measures' in row).filter(({ dims }) => !holding || isListed(dims, holding, range));
  const amounts = wanted.flatMap((row) =>
    weights.map(({ measure, factor }) => timesExact(row.measures[names.indexOf(measure)] ?? 0, factor)),
  );
  return { sum: amounts.reduce<Exact>(addExact, 0), count: entities?.[0] && 'count' in entities[0] ? entities[0].count : 0 };
}

/** Whether a question's sums add up to those of a range: it is by every dimension of which the range lists values. */
function holdsSums(question: LedgerQuestion, { only = [], ...range }: LedgerRange, measures: readonly string[]): question is SumQuestion {
  if (question.ask !== 'sums' || (question.only ?? []).length > 0 || question.perBucket === true) return false;
  const rows = ({ family, unit, from, to, where, cut }: LedgerRange): string => questionKey([family, unit, from, to, where, cut ?? {}]);
  return (
    rows(question) === rows(range) &&
    only.every(({ dim }) => question.by.includes(dim)) &&
    measures.every((measure) => question.measures?.includes(measure) ?? true)
  );
}

function isListed(dims: readonly DimValue[], { by }: Pick<SumQuestion, 'by'>, { only = [] }: Pick<LedgerRange, 'only'>): boolean {
  return only.every(({ dim, values }) => values.includes(dims[by.indexOf(dim)] ?? null));
}

/** Entities are told apart by a hash of 64 bits here, as in `nettedStatement`. */
async function totalsOfTerms(terms: readonly ExplainedTerm[], run: Run): Promise<Pick<Totals, 'sum' | 'count'>> {
  const texts = createTexts();
  const amounts = terms.map((term) => amountsSql(term, `(${rowsSql(term, texts)})`)).join(' union all ');
  const [row] = await run({
    sql: `select coalesce(sum(a), 0)::hugeint, count(*) filter (a <> 0) from (select sum(amount) as a from (${amounts}) group by hash(gkind, gid))`,
    values: texts.values,
  });
  if (!row) throw new Error('totals have no row');
  return { sum: narrowed(bigintIn(row, 0)), count: integerIn(row, 1) };
}

/** Rows of gkind, gid, amount, received, made of those of `rowsSql`: several of one entity, which are to be netted. */
function amountsSql(term: ExplainedTerm, from: string): string {
  if (term.ask === 'sums') return `select gkind, gid, v as amount, received from ${from}`;
  const factor = `${whole(term.factor)}::bigint`;
  if (term.count === 'all') {
    return `select gkind, gid, ${factor} as amount, max(received) as received from ${from} group by 1, 2 having sum(v) > 0`;
  }
  return `select gkind, gid, ${factor} as amount, max(r) as received from (
      select gkind, gid, day, sum(v) as daily, max(received) as r from ${from} group by 1, 2, day
    ) group by 1, 2 having sum(daily) > 0 and count(*) filter (daily > 0) >= 2`;
}

/** A row's place and what is told of it. */
const PLACE = 'gkind, gid, received, block, ordinal, kind, entity, "at", since, cause';

/** The rows of a term that matter, with what they add to its sum or its count. */
function rowsSql(term: ExplainedTerm, texts: Texts): string {
  const { value, gkind, gid, from } = sourceOf(term, texts);
  return `select ${gkind} as gkind, ${gid} as gid, ${value} as v, received, block, ordinal, kind, entity, "at", since, cause, day from ${from}`;
}

/** Whose they are and when they were received. */
function namesSql(term: ExplainedTerm, texts: Texts): string {
  const { gkind, gid, from } = sourceOf(term, texts);
  return `select ${gkind} as gkind, ${gid} as gid, received from ${from}`;
}

/** Of every row of the range: also of those that keep a thing from being counted, or a value from being listed. */
function newestSql(term: ExplainedTerm, notBefore: number | undefined, texts: Texts): string {
  const late = notBefore === undefined ? '' : ` and received >= ${whole(notBefore)}`;
  return `select max(received) as r from ${tableOf(term.family)} where ${rangeSql({ ...term, only: [] }, texts)}${late}`;
}

interface Source {
  readonly value: string;
  /** Names of what is explained: an entity's kind and key, or a dimension and its value. */
  readonly gkind: string;
  readonly gid: string;
  /** Table and conditions. */
  readonly from: string;
}

function sourceOf(term: ExplainedTerm, texts: Texts): Source {
  const value = term.ask === 'sums' ? amountOf(term.weights) : measureColumn(term.measure);
  const ofEntities = term.ask === 'sums' || term.of === ENTITY;
  // Names of dimensions are the registry's own.
  const [gkind, gid] = ofEntities ? ['kind', 'entity'] : [`'${term.of}'`, dimColumn(term.of)];
  const present = ofEntities ? '' : ` and ${gid} is not null`;
  return { value, gkind, gid, from: `${tableOf(term.family)} where ${rangeSql(term, texts)} and ${value} <> 0${present}` };
}

function explainedRow(row: ResultRow): ExplainedRow {
  return {
    kind: textIn(row, 1),
    entity: textIn(row, 2),
    amount: narrowed(bigintIn(row, 3)),
    latest: {
      received: integerIn(row, 4),
      kind: kindIn(row, 5),
      entity: textIn(row, 6),
      at: integerIn(row, 7),
      since: integerIn(row, 8),
      cause: causeOfCode(integerIn(row, 9)),
    },
  };
}
