/** Messages that were delivered long ago and uses of links that are over, a few at a time: other writes wait in between for about a millisecond. */
import type { Transaction } from '../transaction/transaction.ts';

const ROWS_A_TURN = 200;
/** The first ones by their number, and of these the old ones: those behind them are not looked at. A digest goes after what it told. */
const oldMessages = `select id from (select id, ended_at from outbox indexed by outbox_by_state where state = 'sent' order by id limit ?) o
  where o.ended_at < ? and not exists (select 1 from outbox held where held.digest_id = o.id)`;
const oldUses = 'delete from ack_uses where link in (select link from ack_uses where at < ? limit ?) returning link';

/** Resolves to the number of rows dropped; 0 = there are no more. */
export async function dropMessages(transaction: Transaction, before: number): Promise<number> {
  const old = await transaction.rows<readonly [number]>(oldMessages, [ROWS_A_TURN, before]);
  const ids = JSON.stringify(old.map(([id]) => id));
  for (const table of ['outbox_attempts', 'outbox_requeues'])
    await transaction.changes(`delete from ${table} where message_id in (select value from json_each(?))`, [ids]);
  await transaction.changes('delete from outbox where id in (select value from json_each(?))', [ids]);
  const uses = await transaction.rows(oldUses, [before, ROWS_A_TURN]);
  return old.length + uses.length;
}
