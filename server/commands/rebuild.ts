/** `warroom rebuild`: writes the ledger's file anew from the facts. */
import { removeDatabase } from '../adapters/duckdb/engine/database.ts';
import { ledgerFileOf } from '../compose/ledger.ts';
import { progress } from './import/progress.ts';
import { caughtUp } from './ledger-at-rest.ts';
import { openedAlone } from './open-alone.ts';

/** Exit code. */
export async function rebuild(demo: boolean): Promise<number> {
  const { file, store } = await openedAlone(demo, 'rebuild');
  const bar = progress('ledger', process.stderr, 'facts and customers');
  try {
    removeDatabase(ledgerFileOf(file));
    await caughtUp(file, { printLine: () => undefined, bar });
    bar.end();
    console.log(`The ledger is written anew: ${ledgerFileOf(file)}`);
    return 0;
  } finally {
    bar.end();
    await store.close();
  }
}
