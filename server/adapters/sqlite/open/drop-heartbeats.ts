/** Heartbeats of sources that are days old, a few at a time: other writes wait in between for about a millisecond. */
import type { Transaction } from '../transaction/transaction.ts';

const ROWS_A_TURN = 500;

/** Resolves to the number of rows dropped; 0 = there are no more. */
export async function dropHeartbeats(transaction: Transaction, before: number): Promise<number> {
  const old = await transaction.rows<readonly [number, string]>('select id, key from heartbeats where at < ? order by at limit ?', [
    before,
    ROWS_A_TURN,
  ]);
  const keys = JSON.stringify(old.map(([, key]) => key));
  await transaction.changes(`delete from fact_history where kind = 'heartbeat' and key in (select value from json_each(?))`, [keys]);
  await transaction.changes('delete from heartbeats where id in (select value from json_each(?))', [JSON.stringify(old.map(([id]) => id))]);
  return old.length;
}
