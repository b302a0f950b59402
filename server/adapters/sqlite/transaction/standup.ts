/** Promises, items that wait for a department, and who said what when. */
import { standupItem, standupPromise, type StandupLine } from '../../../../shared/standup/types.ts';
import type { StandupTx } from '../../../pipeline/ports/standup-store.ts';
import { itemColumns, itemValues, promiseColumns, promiseValues } from '../standup-columns.ts';
import type { TxContext } from './context.ts';

const put = (table: string, columns: readonly string[]): string => `insert into ${table} (${columns.join(', ')})
  values (${columns.map(() => '?').join(', ')})
  on conflict (id) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`;
const putPromise = put('standup_promises', promiseColumns);
const putItem = put('standup_items', itemColumns);

export function standupPart({ transaction }: TxContext): StandupTx {
  function say(subject: 'promise' | 'item', id: string, { at, actor, action, detail }: Omit<StandupLine, 'seq'>, document: string): void {
    transaction.run('insert into standup_audit (subject, id, at, actor, action, detail, document) values (?, ?, ?, ?, ?, ?, ?)', [
      ...[subject, id, at, actor, action],
      ...[JSON.stringify(detail), document],
    ]);
  }
  async function documentOf(table: 'standup_promises' | 'standup_items', id: string): Promise<unknown> {
    const [row] = await transaction.rows<[string]>(`select document from ${table} where id = ?`, [id]);
    return row && JSON.parse(row[0]);
  }
  async function openIn(table: 'standup_promises' | 'standup_items'): Promise<number> {
    const [row] = await transaction.rows<[number]>(`select count(*) from ${table} where state = 'open'`, []);
    return row?.[0] ?? 0;
  }

  return {
    async takeStandupNumber() {
      const [row] = await transaction.rows<[number]>(`update counters set value = value + 1 where name = 'standup' returning value`, []);
      if (!row) throw new Error('the counter of the stand-up is gone');
      return row[0];
    },
    async standupPromise(id) {
      const document = await documentOf('standup_promises', id);
      return document === undefined ? undefined : standupPromise.parse(document);
    },
    async standupItem(id) {
      const document = await documentOf('standup_items', id);
      return document === undefined ? undefined : standupItem.parse(document);
    },
    openStandup: async () => ({ promises: await openIn('standup_promises'), items: await openIn('standup_items') }),
    async putStandupPromise(promise, line) {
      transaction.run(putPromise, promiseValues(promise));
      say('promise', promise.id, line, JSON.stringify(promise));
    },
    async putStandupItem(item, line) {
      transaction.run(putItem, itemValues(item));
      say('item', item.id, line, JSON.stringify(item));
    },
  };
}
