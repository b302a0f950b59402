/**
 * `warroom verify`: counts everything anew from the facts and compares it with the ledger. Reads only but for blocks the
 * ledger still has to move, a page at a time, so that a large store needs little memory.
 */
import { progress } from './import/progress.ts';
import { openedAlone } from './open-alone.ts';
import { verifyLedger } from './verify-ledger.ts';

/** Exit code: 1 when something differs. */
export async function verify(demo: boolean): Promise<number> {
  const { file, store } = await openedAlone(demo, 'verify');
  try {
    const right = await verifyLedger(file, (line) => console.log(line), progress('recount', process.stderr, 'facts and customers'));
    console.log(
      right
        ? 'Every row of the ledger equals the recount from facts.'
        : 'The ledger differs from the facts: please report this with the lines above, then write it anew with: npm run warroom -- rebuild',
    );
    return right ? 0 : 1;
  } finally {
    await store.close();
  }
}
