/**
 * What a sum is made of, a page at a time. Netting every entity of a month takes far longer than a page may: so the rows
 * received last name the candidates, only these are netted, and when too many of them net to 0 more are taken. A change
 * whose rows net to 0 did not change the amount, so an entity may belong behind the candidates: it then waits for its turn.
 */
import { narrowed } from '../../../domain/ledger/exact.ts';
import type {
  ExplainedCount,
  ExplainedRow,
  ExplainedSum,
  ExplainPage,
  ExplainPlace,
  ExplainQuestion,
} from '../../../pipeline/ports/ledger-explain.ts';
import { ENTITY } from '../check-task.ts';
import { createTexts, rangeSql, whole, type Statement, type Texts } from './range.ts';
import { bigintIn, integerIn, textIn, type ResultRow } from './result-values.ts';
import { kindIn } from './rows.ts';
import { dimColumn, measureColumn, tableOf } from './schema.ts';
import { causeOfCode } from './sums.ts';

type Run = (statement: Statement) => Promise<readonly ResultRow[]>;

/** Candidates of a page: an entity has a few rows, so nearly every page is full at the first attempt. */
const CANDIDATES_A_ROW = 4;
const GROWTH = 8;
/** Products beyond it could leave the range of a bigint. */
const SMALL_FACTOR = 100;

export async function explainPage(question: ExplainQuestion, run: Run): Promise<ExplainPage> {
  const rows = question.terms.length === 0 ? [] : await firstRows(question, run);
  const page = rows.slice(0, question.limit);
  const last = page.at(-1);
  const next = last && rows.length > page.length ? { received: last.latest.received, kind: last.kind, entity: last.entity } : null;
  return { rows: page, next, ...(question.totals && { totals: await totalsOf(question, run) }) };
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

/** Rows that begin with 0 are of the page; the one that begins with 1 tells the last candidate and how many there were. */
function pageStatement({ terms }: ExplainQuestion, after: ExplainPlace | undefined, candidates: number, limit: number): Statement {
  const texts = createTexts();
  const order = 'received desc, gkind, gid';
  const behind = after ? ` where ${behindSql(after, texts)}` : '';
  const sql = `with netted as not materialized (${terms.map((term) => amountsSql(term, texts)).join(' union all ')}),
    candidates as materialized (select gkind, gid, received from netted${behind} order by ${order} limit ${whole(candidates)}),
    behind as (select received, gkind, gid from candidates order by received, gkind desc, gid desc limit 1),
    page as materialized (
      select * from (
        select gkind, gid, sum(amount)::hugeint as amount, max(received) filter (amount <> 0) as received from (
          select gkind, gid, received, sum(amount) as amount from netted
          where (gkind, gid) in (select gkind, gid from candidates) group by gkind, gid, received
        ) group by gkind, gid having sum(amount) <> 0
      ) found${behind ? `${behind} and` : ' where'} exists (select 1 from behind b where found.received > b.received
        or (found.received = b.received and (found.gkind < b.gkind or (found.gkind = b.gkind and found.gid <= b.gid))))
      order by ${order} limit ${whole(limit)}),
    latest as (
      select rows.*, page.amount from page join (${terms.map((term) => rowsSql(term, texts)).join(' union all ')}) rows
        on rows.gkind = page.gkind and rows.gid = page.gid and rows.received = page.received
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

/** Entities are told apart by a hash of 64 bits here, in half the time: of a million, two are taken for one once in 30 million answers. */
async function totalsOf({ terms }: ExplainQuestion, run: Run): Promise<NonNullable<ExplainPage['totals']>> {
  if (terms.length === 0) return { sum: 0, count: 0, received: null };
  const texts = createTexts();
  const [row] = await run({
    sql: `select coalesce(sum(a), 0)::hugeint, count(*) filter (a <> 0), (select max(r) from (${terms.map((term) => newestSql(term, texts)).join(' union all ')}))
      from (select sum(amount) as a from (${terms.map((term) => amountsSql(term, texts)).join(' union all ')}) group by hash(gkind, gid))`,
    values: texts.values,
  });
  if (!row) throw new Error('totals have no row');
  return { sum: narrowed(bigintIn(row, 0)), count: integerIn(row, 1), received: row[2] === null ? null : integerIn(row, 2) };
}

/** Rows of gkind, gid, amount, received: several of one entity, which are to be netted. */
function amountsSql(term: ExplainedSum | ExplainedCount, texts: Texts): string {
  const { from, range } = sourceOf(term, texts);
  if (term.ask === 'sums') return `select kind as gkind, entity as gid, ${amountOf(term)} as amount, received from ${from} where ${range}`;
  const { kind, id } = thingOf(term);
  const m = measureColumn(term.measure);
  const factor = `${whole(term.factor)}::bigint`;
  if (term.count === 'all') {
    return `select ${kind} as gkind, ${id} as gid, ${factor} as amount, max(received) as received from ${from}
      where ${range} group by 1, 2 having sum(${m}) > 0`;
  }
  return `select gkind, gid, ${factor} as amount, max(r) as received from (
      select ${kind} as gkind, ${id} as gid, day, sum(${m}) as daily, max(received) as r from ${from} where ${range} group by 1, 2, day
    ) group by 1, 2 having sum(daily) > 0 and count(*) filter (daily > 0) >= 2`;
}

/** The rows themselves, beside what they are netted by. */
function rowsSql(term: ExplainedSum | ExplainedCount, texts: Texts): string {
  const { from, range } = sourceOf(term, texts);
  const { kind, id } = term.ask === 'sums' ? { kind: 'kind', id: 'entity' } : thingOf(term);
  return `select ${kind} as gkind, ${id} as gid, received, block, ordinal, kind, entity, "at", since, cause from ${from} where ${range}`;
}

/** Of every row of the range: also of those that keep a thing from being counted, or a value from being listed. */
function newestSql(term: ExplainedSum | ExplainedCount, texts: Texts): string {
  return `select max(received) as r from ${tableOf(term.family)} where ${rangeSql({ ...term, only: [] }, texts)}`;
}

function sourceOf(term: ExplainedSum | ExplainedCount, texts: Texts): { readonly from: string; readonly range: string } {
  const counts = term.ask === 'sums' ? `${amountOf(term)} <> 0` : `${measureColumn(term.measure)} <> 0`;
  const present = term.ask === 'distinct' && term.of !== ENTITY ? ` and ${dimColumn(term.of)} is not null` : '';
  return { from: tableOf(term.family), range: `${rangeSql(term, texts)} and ${counts}${present}` };
}

function thingOf({ of }: ExplainedCount): { readonly kind: string; readonly id: string } {
  // Names of dimensions are the registry's own.
  return of === ENTITY ? { kind: 'kind', id: 'entity' } : { kind: `'${of}'`, id: dimColumn(of) };
}

function amountOf({ weights }: ExplainedSum): string {
  const products = weights.map(({ measure, factor }) => {
    const column = measureColumn(measure);
    if (factor === 1) return column;
    if (factor === -1) return `-${column}`;
    return `${Math.abs(factor) > SMALL_FACTOR ? `${column}::hugeint` : column} * ${whole(factor)}`;
  });
  return `(${products.join(' + ') || '0'})`;
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
