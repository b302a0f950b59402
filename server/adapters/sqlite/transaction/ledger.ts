/** Blocks of ledger rows: encoded here a part at a time, compressed in the thread pool, written with the transaction. */
import { constants, zstdCompress } from 'node:zlib';
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { encodeRows } from '../ledger-block.ts';
import type { TxContext } from './context.ts';

/** Rows encoded in one go: about two milliseconds. */
const ROWS_A_PART = 2_048;
/** Shorter texts are written as they are: compressing them costs more than it saves. */
const COMPRESS_FROM_BYTES = 4_096;
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const insert = 'insert into ledger_blocks (position, part, at, rows, content) values (?, ?, ?, ?, ?)';
/** Kept up so that nobody has to read the blocks to know their size. */
const addBytes = `insert into counters (name, value) values ('ledgerBytes', ?) on conflict (name) do update set value = value + excluded.value`;
const takePosition = `update counters set value = ? where name = 'ledger' and value = ? - 1`;
const positionLost = (): Error =>
  new Unavailable('earlier_commit_failed', 'an earlier transaction of the store failed; this one can be tried again');

const compress = (bytes: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => zstdCompress(bytes, options, (error, packed) => (error ? reject(error) : resolve(packed))));

export function ledgerPart({
  transaction,
  pacer,
  now,
  positions,
}: TxContext): Pick<StoreTx, 'appendLedger' | 'ledgerPosition' | 'renewLedger'> {
  let taken: Promise<number> | undefined;
  let parts = 0;

  async function take(): Promise<number> {
    const known = positions.next;
    // Transactions run in order on the connection, so what it reads is what the ones before have left.
    const position = known ?? (await readCounter()) + 1;
    positions.next = position + 1;
    transaction.onRollBack(() => {
      positions.next = undefined;
    });
    transaction.run(takePosition, [position, position], positionLost);
    return position;
  }
  async function readCounter(): Promise<number> {
    const [row] = await transaction.rows<readonly [number]>(`select value from counters where name = 'ledger'`, []);
    return row?.[0] ?? 0;
  }

  return {
    ledgerPosition: readCounter,
    async renewLedger() {
      const position = await (taken ??= take());
      transaction.run('delete from ledger_blocks', []);
      transaction.run(`update counters set value = 0 where name = 'ledgerBytes'`, []);
      return position;
    },
    async appendLedger(rows) {
      taken ??= take();
      const position = await taken;
      const at = now();
      for (let from = 0; from < rows.length; from += ROWS_A_PART) {
        const some = rows.length <= ROWS_A_PART ? rows : rows.slice(from, from + ROWS_A_PART);
        const part = parts++;
        const put = (content: Uint8Array): void => {
          transaction.run(insert, [position, part, at, some.length, content]);
          transaction.run(addBytes, [content.length]);
        };
        const bytes = Buffer.from(encodeRows(some));
        if (bytes.length < COMPRESS_FROM_BYTES) put(bytes);
        else transaction.include(compress(bytes).then(put));
        const wait = pacer.yieldIfDue();
        if (wait) await wait;
      }
      return position;
    },
  };
}
