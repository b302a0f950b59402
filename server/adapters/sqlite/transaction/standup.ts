/** Promises, items that wait for a department, and who said what when. */
import { standupItem, standupPromise, type StandupLine } from '../../../../shared/standup/types.ts';
import type { StandupTx } from '../../../pipeline/ports/standup-store.ts';
import type { TxContext } from './context.ts';

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
      const document = JSON.stringify(promise);
      const dues = [promise.dueAt, ...promise.moves.map(({ from }) => from)];
      transaction.run(
        `insert into standup_promises (id, who, state, first_due, last_due, document) values (?, ?, ?, ?, ?, ?)
         on conflict (id) do update set who = excluded.who, state = excluded.state, first_due = excluded.first_due,
           last_due = excluded.last_due, document = excluded.document`,
        [promise.id, promise.who, promise.state, Math.min(...dues), Math.max(...dues), document],
      );
      say('promise', promise.id, line, document);
    },
    async putStandupItem(item, line) {
      const document = JSON.stringify(item);
      transaction.run(
        `insert into standup_items (id, department, state, since, closed_at, document) values (?, ?, ?, ?, ?, ?)
         on conflict (id) do update set department = excluded.department, state = excluded.state, since = excluded.since,
           closed_at = excluded.closed_at, document = excluded.document`,
        [item.id, item.department, item.state, item.since, item.closedAt, document],
      );
      say('item', item.id, line, document);
    },
  };
}
