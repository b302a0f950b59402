/** Promises and items of the stand-up as they were: each line of their audit keeps what they were after it. */
import type { DatabaseSync } from 'node:sqlite';
import { standupItem, standupPromise } from '../../../../shared/standup/types.ts';
import { itemColumns, itemValues, promiseColumns, promiseValues } from '../standup-columns.ts';
import type { Primitive } from '../steps.ts';
import { textIn } from '../row-values.ts';
import { emptyCopy } from './past-facts.ts';

const valuesOf = {
  promise: (document: unknown) => promiseValues(standupPromise.parse(document)),
  item: (document: unknown) => itemValues(standupItem.parse(document)),
} as const;
const tables = {
  promise: { table: 'standup_promises', columns: promiseColumns },
  item: { table: 'standup_items', columns: itemColumns },
} as const;

export function fillStandup(db: DatabaseSync, subject: 'promise' | 'item', at: number): void {
  const { table, columns } = tables[subject];
  emptyCopy(db, table);
  const insert = db.prepare(`insert into temp.${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
  const newest = db.prepare(
    `select document from main.standup_audit where seq in (select max(seq) from main.standup_audit where subject = ? and at <= ? group by id)`,
  );
  for (const row of newest.all(subject, at)) {
    const values: Primitive[] = valuesOf[subject](JSON.parse(textIn(row, 'document')));
    insert.run(...values);
  }
}
