/** The rows themselves, a page at a time. */
import { narrowed } from '../../../domain/ledger/exact.ts';
import type { FamilyName } from '../../../domain/ledger/registry.ts';
import type { EntityKind } from '../../../domain/ledger/row.ts';
import type { LedgerRange, PlacedRow, RowsAhead, RowsPage, RowsQuestion } from '../../../pipeline/ports/ledger.ts';
import { cursorOf, placeOf } from '../../../pipeline/ports/page.ts';
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
  const sql = `${selectRows(question.family)} where ${conditions.join(' and ')} order by block, ordinal limit ${whole(question.limit + 1)}`;
  return { sql, values: texts.values };
}

/** Rows of a range that hold only after an instant, those that hold first: one more than asked for, if there is one. */
export function rowsAheadStatement(range: LedgerRange, asOf: number, most: number): Statement {
  const texts = createTexts();
  const conditions = `${rangeSql(range, texts)} and since > ${whole(Math.floor(asOf))}`;
  return {
    sql: `${selectRows(range.family)} where ${conditions} order by since, block, ordinal limit ${whole(most + 1)}`,
    values: texts.values,
  };
}

/** Rows of one instant come together or not at all. */
export function rowsAhead(family: FamilyName, found: readonly ResultRow[], most: number): RowsAhead {
  const rows = found.map((row) => placedRow(family, row));
  const next = rows[most];
  if (!next) return { rows, upTo: Infinity };
  return { rows: rows.filter(({ since }) => since < next.since), upTo: next.since - 1 };
}

export function instantsAheadStatement(family: FamilyName, asOf: number, most: number): Statement {
  const since = `since > ${whole(Math.floor(asOf))}`;
  return { sql: `select distinct since from ${tableOf(family)} where ${since} order by since limit ${whole(most)}`, values: [] };
}

function selectRows(family: FamilyName): string {
  const { dims, measures } = namesOf(family);
  return `select ${[...HEAD, ...dims.map(dimColumn), ...measures.map(measureColumn)].join(', ')} from ${tableOf(family)}`;
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
