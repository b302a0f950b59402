/**
 * `warroom verify`: counts everything anew from the facts and compares it with the cells the
 * KPIs read, and with the ledger. Reads only but for blocks the ledger still has to move, month by month, so that a large store needs little memory.
 */
import { cellFamilies, type CellFamily } from '../domain/cells.ts';
import { formatDay } from '../domain/time/calendar.ts';
import type { CellRow, StoreReads } from '../pipeline/ports/reads.ts';
import { progress } from './import/progress.ts';
import { number } from './import/tally.ts';
import { openedAlone } from './open-alone.ts';
import { verifyLedger } from './verify-ledger.ts';

const DAYS_AT_ONCE = 31;
const SHOWN = 5;

/** Exit code: 1 when something differs. */
export async function verify(demo: boolean): Promise<number> {
  const { file, store } = await openedAlone(demo, 'verify');
  try {
    let wrong = 0;
    for (const family of Object.keys(cellFamilies) as CellFamily[]) wrong += await verifyFamily(store.reads, family);
    const ledger = await verifyLedger(file, (line) => console.log(line), progress('recount', process.stderr, 'facts and customers'));
    if (wrong > 0) console.log(`${number(wrong)} cells differ: please report this with the lines above.`);
    if (!ledger)
      console.log(
        'The ledger differs from the facts: please report this with the lines above, then write it anew with: npm run warroom -- rebuild',
      );
    if (wrong === 0 && ledger) console.log('Every cell and every row of the ledger equals the recount from facts.');
    return wrong === 0 && ledger ? 0 : 1;
  } finally {
    await store.close();
  }
}

async function verifyFamily(reads: StoreReads, family: CellFamily): Promise<number> {
  const { bucket, dims, measures } = cellFamilies[family];
  const perDay = bucket === 'hour' ? 24 : 1;
  const buckets = (await reads.cells({ family, from: -1e7, to: 1e8, perBucket: true, by: [], where: [] })).map((row) => row.bucket ?? 0);
  let cells = 0;
  let wrong = 0;
  for (const [from, to] of windows(buckets, DAYS_AT_ONCE * perDay)) {
    const query = { family, from, to, perBucket: true, by: dims, where: [] };
    const stored = tabled(await reads.cells(query));
    // A cut of what is known, set to everything, is answered from the facts and never from cells.
    const recounted = tabled(await reads.cells({ ...query, cut: { knownAt: Number.MAX_SAFE_INTEGER } }));
    cells += stored.size;
    for (const key of new Set([...stored.keys(), ...recounted.keys()])) {
      const [has, should] = [stored.get(key), recounted.get(key)];
      if (measures.every((_, i) => (has?.[i] ?? 0) === (should?.[i] ?? 0))) continue;
      wrong += 1;
      if (wrong <= SHOWN)
        console.log(
          `  ${family} ${described(key, perDay)}: stored ${has?.join(', ') ?? 'nothing'}, recounted ${should?.join(', ') ?? 'nothing'}`,
        );
    }
  }
  console.log(`${wrong === 0 ? 'ok   ' : 'WRONG'} ${family}: ${number(cells)} cells${wrong === 0 ? '' : `, ${number(wrong)} differ`}`);
  return wrong;
}

/** Stretches that hold all buckets, none longer than `length`; empty years in between cost nothing. */
function windows(buckets: readonly number[], length: number): [number, number][] {
  const starts = new Set(buckets.map((b) => Math.floor(b / length) * length));
  return [...starts].sort((a, b) => a - b).map((from) => [from, from + length]);
}

function tabled(rows: readonly CellRow[]): Map<string, readonly number[]> {
  return new Map(rows.map((row) => [JSON.stringify([row.bucket, ...row.dims]), row.measures]));
}

function described(key: string, perDay: number): string {
  const [bucket, ...dims] = JSON.parse(key) as [number, ...(string | null)[]];
  const hour = perDay === 1 ? '' : ` ${bucket % perDay}h`;
  return `${formatDay(Math.floor(bucket / perDay))}${hour} ${dims.map((d) => d ?? '–').join(' · ')}`;
}
