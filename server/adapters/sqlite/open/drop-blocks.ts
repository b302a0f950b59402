/** Blocks whose time is over, a few at a time: other writes wait in between for about a millisecond. */
import type { Transaction } from '../transaction/transaction.ts';

/** Dropping a raw block frees a few hundred KB. */
const RAW_BLOCKS_A_TURN = 20;
const dropRaw = 'delete from raw_blocks where id in (select id from raw_blocks where last_received_at < ? limit ?) returning records';

/** Resolves to the number of records the dropped blocks held; 0 = there are no more. */
export async function dropRawBlocks(transaction: Transaction, receivedBefore: number): Promise<number> {
  const gone = await transaction.rows<readonly [number]>(dropRaw, [receivedBefore, RAW_BLOCKS_A_TURN]);
  return gone.reduce((sum, [records]) => sum + records, 0);
}

const LEDGER_BLOCKS_A_TURN = 100;
/** Oldest first, and none where the oldest is too young: the ones behind it are not looked at. All parts of a block have one time. */
const dropLedger = `delete from ledger_blocks where position in (
    select position from (select position, at from ledger_blocks where position <= ? order by position limit ?) where at < ?
  ) returning position, length(content)`;

/** Resolves to the number of blocks dropped; 0 = there are no more. */
export async function dropLedgerBlocks(transaction: Transaction, upTo: number, writtenBefore: number): Promise<number> {
  const gone = await transaction.rows<readonly [number, number]>(dropLedger, [upTo, LEDGER_BLOCKS_A_TURN, writtenBefore]);
  if (gone.length === 0) return 0;
  const bytes = gone.reduce((sum, [, length]) => sum + length, 0);
  transaction.run(`update counters set value = value - ? where name = 'ledgerBytes'`, [bytes]);
  return new Set(gone.map(([position]) => position)).size;
}
