/**
 * `warroom verify`: counts everything anew from the facts and compares it with the cells the
 * KPIs read. Reads only, month by month, so that a large store needs little memory.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openStore, type SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import { randomId } from '../adapters/system/identity.ts';
import { cellFamilies, type CellFamily } from '../domain/cells.ts';
import { formatDay } from '../domain/time/calendar.ts';
import type { CellRow, StoreReads } from '../pipeline/ports/reads.ts';
import { isStartupFailure } from '../compose/startup-failure.ts';
import type { Config } from '../config.ts';
import { CommandFailed, configured } from './connect.ts';
import { number } from './import/tally.ts';

const DAYS_AT_ONCE = 31;
const SHOWN = 5;

/** Exit code: 1 when something differs. */
export async function verify(demo: boolean): Promise<number> {
  const config = configured();
  const file = path.join(config.dataDir, demo ? 'demo.db' : 'warroom.db');
  if (!existsSync(file)) throw new CommandFailed(`There is no store at ${file}: nothing to verify.`);
  const store = await opened(file, config);
  try {
    let wrong = 0;
    for (const family of Object.keys(cellFamilies) as CellFamily[]) wrong += await verifyFamily(store.reads, family);
    console.log(
      wrong === 0 ? 'Every cell equals the recount from facts.' : `${number(wrong)} cells differ: please report this with the lines above.`,
    );
    return wrong === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

async function opened(file: string, { timeZone, currency }: Config): Promise<SqliteStore> {
  try {
    return await openStore({ file, timeZone, currency, newStoreId: randomId(), now: Date.now });
  } catch (error) {
    throw isStartupFailure(error) ? new CommandFailed(error.message) : error;
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
