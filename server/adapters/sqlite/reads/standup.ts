/** The stand-up: promises, items that wait for a department, and who said what when. */
import {
  standupItem,
  standupLine,
  standupPromise,
  standupSubjects,
  type ItemDetail,
  type PromiseDetail,
  type StandupItem,
  type StandupLine,
  type StandupPromise,
} from '../../../../shared/standup/types.ts';
import type { SaidLine } from '../../../pipeline/ports/standup-store.ts';
import type { Row } from '../fact-tables.ts';
import { numberIn, textIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

/** Far more than a team says in a day. */
const MOST_LINES = 2_000;
/** Of one promise or item. */
const MOST_OF_ONE = 200;
const MOST_NAMES = 200;

const documentOf = (row: Row): unknown => JSON.parse(textIn(row, 'document'));
const columns = 'seq, subject, id, at, actor, action, detail';

export function readStandupPromises(reader: Reader, { from, to }: { readonly from: number; readonly to: number }): StandupPromise[] {
  return reader
    .rows(
      `select document from standup_promises where state = 'open'
       union all select document from standup_promises where state <> 'open' and last_due >= ? and first_due < ?`,
    )
    .all(from, to)
    .map((row) => standupPromise.parse(documentOf(row)));
}

export function readStandupItems(reader: Reader, { closedSince }: { readonly closedSince: number }): StandupItem[] {
  return reader
    .rows(
      `select document from (select since, id, document from standup_items where state = 'open'
       union all select since, id, document from standup_items where state = 'closed' and closed_at >= ?) order by since, id`,
    )
    .all(closedSince)
    .map((row) => standupItem.parse(documentOf(row)));
}

export function readStandupPromise(reader: Reader, id: string): PromiseDetail | undefined {
  const row = reader.rows('select document from standup_promises where id = ?').get(id);
  return row && { promise: standupPromise.parse(documentOf(row)), audit: linesOf(reader, id) };
}

export function readStandupItem(reader: Reader, id: string): ItemDetail | undefined {
  const row = reader.rows('select document from standup_items where id = ?').get(id);
  return row && { item: standupItem.parse(documentOf(row)), audit: linesOf(reader, id) };
}

/** The newest lines, oldest first. */
function linesOf(reader: Reader, id: string): StandupLine[] {
  return reader
    .rows(`select ${columns} from standup_audit where id = ? order by seq desc limit ${MOST_OF_ONE}`)
    .all(id)
    .map(lineOf)
    .toReversed();
}

export function readStandupSaid(reader: Reader, { from, to }: { readonly from: number; readonly to: number }): SaidLine[] {
  return reader
    .rows(`select ${columns} from standup_audit where at >= ? and at < ? order by seq limit ${MOST_LINES}`)
    .all(from, to)
    .map((row) => {
      const subject = standupSubjects.find((name) => name === row['subject']);
      if (subject === undefined) throw new Error(`a line of the stand-up is about ${String(row['subject'])}`);
      return { ...lineOf(row), subject, id: textIn(row, 'id') };
    });
}

export function readStandupSeq(reader: Reader): number {
  const row = reader.rows('select coalesce(max(seq), 0) as seq from standup_audit').get();
  return row ? numberIn(row, 'seq') : 0;
}

export function readStandupNames(reader: Reader): { people: string[]; departments: string[] } {
  const names = (sql: string): string[] =>
    reader
      .rows(sql)
      .all()
      .map((row) => textIn(row, 'name'));
  return {
    people: names(
      `select who as name, max(last_due) as newest from standup_promises group by who order by newest desc limit ${MOST_NAMES}`,
    ),
    departments: names(
      `select department as name, max(since) as newest from standup_items group by department order by newest desc limit ${MOST_NAMES}`,
    ),
  };
}

export function readStoriesOpened(reader: Reader, since: number): number {
  const row = reader.rows('select count(*) as n from incidents where opened_at >= ? and drill = 0').get(since);
  return row ? numberIn(row, 'n') : 0;
}

function lineOf(row: Row): StandupLine {
  const { seq, at, actor, action } = row;
  return standupLine.parse({ seq, at, actor, action, detail: JSON.parse(textIn(row, 'detail')) });
}
