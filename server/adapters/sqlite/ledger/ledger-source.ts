/**
 * The store as the ledger's source: a read-only connection for the process that keeps the ledger. Everything is
 * synchronous, a page at a time, so that the process can do other things, and notice that its parent is gone, in between.
 */
import type { LedgerSource } from '../../../pipeline/ports/ledger-source.ts';
import { openReader } from '../connection.ts';
import { preparer } from '../prepared.ts';
import { numberIn, numberOrNullIn, textIn } from '../row-values.ts';
import { readBlocks } from './blocks.ts';
import { openSnapshot } from './snapshot.ts';

/** The store's file must be there with the schema of this program: its server opens it first. */
export function openLedgerSource(file: string): LedgerSource {
  const db = openReader(file);
  const prepare = preparer(db);
  const meta = (name: string): string => textIn(prepare('select value from meta where name = ?').get(name) ?? {}, 'value');
  try {
    return {
      storeId: meta('storeId'),
      createdAt: Number(meta('createdAt')),
      timeZone: meta('timeZone'),
      bounds() {
        const row = prepare(
          `select (select min(position) from ledger_blocks) as oldest, (select value from counters where name = 'ledger') as newest`,
        ).get();
        return { oldest: numberOrNullIn(row ?? {}, 'oldest'), newest: numberIn(row ?? {}, 'newest') };
      },
      blocks: (after, maxRows) => readBlocks(prepare, after, maxRows),
      snapshot: () => openSnapshot(file),
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
