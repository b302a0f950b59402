/** The rows themselves, a page at a time. */
import { narrowed } from '../../../domain/ledger/exact.ts';
import type { FamilyName } from '../../../domain/ledger/registry.ts';
import type { EntityKind } from '../../../domain/ledger/row.ts';
import type { LedgerRange, PlacedRow, RowsAhead, RowsPage, RowsQuestion } from '../../../pipeline/ports/ledger.ts';
import { cursorOf, placeOf } from '../../../pipeline/ports/page.ts';
import type { Run } from './answer.ts';
import { createTexts, rangeSql, whole, type Statement } from './range.ts';
import { bigintIn, integerIn, textIn, textOrNullIn, type ResultRow } from './result-values.ts';
import { dimColumn, measureColumn, namesOf, tableOf } from './schema.ts';
import { causeOfCode } from './sums.ts';

/** Columns before the dimensions. */
const HEAD = ['kind', 'entity', '"at"', 'since', 'received', 'cause', 'block', 'ordinal'];

/** One row more than the page holds, if there is one: it says whether another page follows. */
export function rowsStatement(question: RowsQuestion): Statement {
  const texts = createTexts();
  const place = question.cursor === undefined ? undefined : placeOf(question.cursor);
  const conditions = [
    rangeSql(question, texts),
    ...(question.measure === undefined ? [] : [`${measureColumn(question.measure)} <> 0`]),
    ...(place ? [`(block > ${whole(place[0])} or (block = ${whole(place[0])} and ordinal > ${whole(place[1])}))`] : []),
  ];
  const sql = `select ${selected(question.family)} from ${tableOf(question.family)} where ${conditions.join(' and ')} order by block, ordinal limit ${whole(question.limit + 1)}`;
  return { sql, values: texts.values };
}

/**
 * Rows of a range that hold only after an instant, those that hold first. Where they end is looked up among the instants alone:
 * putting whole rows in order costs many times as much. Rows of one instant come together or not at all.
 */
export async function rowsAhead(range: LedgerRange, asOf: number, most: number, run: Run): Promise<RowsAhead> {
  const texts = createTexts();
  const ahead = `from ${tableOf(range.family)} where ${rangeSql(range, texts)} and since > ${whole(Math.floor(asOf))}`;
  const [next] = await run({ sql: `select since ${ahead} order by since limit 1 offset ${whole(most)}`, values: texts.values });
  const upTo = next ? integerIn(next, 0) - 1 : Infinity;
  const found = await run({ sql: `select ${selected(range.family)} ${ahead} and since <= ${whole(upTo)}`, values: texts.values });
  return { rows: found.map((row) => placedRow(range.family, row)), upTo };
}

export function instantsAheadStatement(family: FamilyName, asOf: number, most: number): Statement {
  const since = `since > ${whole(Math.floor(asOf))}`;
  return { sql: `select distinct since from ${tableOf(family)} where ${since} order by since limit ${whole(most)}`, values: [] };
}

function selected(family: FamilyName): string {
  const { dims, measures } = namesOf(family);
  return [...HEAD, ...dims.map(dimColumn), ...measures.map(measureColumn)].join(', ');
}

export function rowsPage(question: RowsQuestion, found: readonly ResultRow[]): RowsPage {
  const page = found.slice(0, question.limit);
  const last = page.at(-1);
  return {
    rows: page.map((row) => placedRow(question.family, row)),
    next: last && found.length > page.length ? cursorOf([integerIn(last, 6), integerIn(last, 7)]) : null,
  };
}

function placedRow(family: FamilyName, row: ResultRow): PlacedRow {
  const { dims, measures } = namesOf(family);
  return {
    family,
    kind: kindIn(row),
    entity: textIn(row, 1),
    at: integerIn(row, 2),
    since: integerIn(row, 3),
    received: integerIn(row, 4),
    cause: causeOfCode(integerIn(row, 5)),
    position: integerIn(row, 6),
    dims: dims.map((_, i) => textOrNullIn(row, HEAD.length + i)),
    measures: measures.map((_, i) => safe(bigintIn(row, HEAD.length + dims.length + i))),
  };
}

/** Rows are written from whole numbers of this size. */
function safe(value: bigint): number {
  const number = narrowed(value);
  if (typeof number !== 'number') throw new Error('a measure of a row is no safe integer');
  return number;
}

export function kindIn(row: ResultRow, at = 0): EntityKind {
  const kind = textIn(row, at);
  if (!isKind(kind)) throw new Error(`no kind of entity: ${kind}`);
  return kind;
}

const kinds: Readonly<Record<EntityKind, true>> = {
  order: true,
  refund: true,
  lead: true,
  leadStatus: true,
  mention: true,
  campaign: true,
  campaignPhase: true,
  campaignEnd: true,
  spend: true,
  engagement: true,
  audience: true,
  move: true,
  traffic: true,
  content: true,
  heartbeat: true,
  customer: true,
};
const isKind = (text: string): text is EntityKind => Object.hasOwn(kinds, text);
