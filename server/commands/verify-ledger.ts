/** Recounts the ledger from the facts and compares: what `warroom verify` does. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { openComparison, type Comparison, type Difference } from '../adapters/duckdb/offline/comparison.ts';
import { openStaging } from '../adapters/duckdb/offline/staging.ts';
import { openLedgerSource } from '../adapters/sqlite/ledger/ledger-source.ts';
import { ledgerFileOf } from '../compose/ledger.ts';
import type { Exact } from '../domain/ledger/exact.ts';
import { rowsOfEntity } from '../domain/ledger/rebuild.ts';
import { families } from '../domain/ledger/registry.ts';
import { createCalendar } from '../domain/time/calendar.ts';
import type { Progress } from './import/progress.ts';
import { number } from './import/tally.ts';
import { caughtUp } from './ledger-at-rest.ts';

const SHOWN = 5;

/** The store is open and nobody writes it. Resolves to whether the ledger is right; `printLine` gets what a person should read. */
export async function verifyLedger(storeFile: string, printLine: (line: string) => void, bar: Progress): Promise<boolean> {
  await caughtUp(storeFile, { printLine, bar });
  const folder = await mkdtemp(path.join(path.dirname(storeFile), '.verify-'));
  const staging = await openStaging(folder);
  try {
    const comparison = await openComparison(staging);
    const position = await comparison.addFile(ledgerFileOf(storeFile));
    const newest = recount(storeFile, comparison, bar);
    const { families: compared, differences } = await comparison.result(SHOWN);
    bar.end();
    for (const { family, compared: sums, different } of compared) {
      printLine(
        `${different === 0 ? 'ok   ' : 'WRONG'} ledger ${family}: ${number(sums)} sums${different === 0 ? '' : `, ${number(different)} differ`}`,
      );
      for (const difference of differences) if (difference.family === family) printLine(`  ${inWords(difference)}`);
    }
    const behind = position !== newest;
    if (behind) printLine(`WRONG ledger: it stands at block ${number(position)}, the store at ${number(newest)}`);
    return !behind && compared.every(({ different }) => different === 0);
  } finally {
    await staging.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Position of the store's newest block. */
function recount(storeFile: string, comparison: Comparison, bar: Progress): number {
  const source = openLedgerSource(storeFile);
  const snapshot = source.snapshot();
  try {
    const context = { calendar: createCalendar(source.timeZone), workspaceSince: source.createdAt, thresholds: snapshot.thresholds };
    let done = 0;
    for (const page of snapshot.entities()) {
      for (const entity of page) for (const row of rowsOfEntity(entity, context)) comparison.add('recounted', row);
      done += page.length;
      bar.update(Math.min(1, done / Math.max(1, snapshot.total)), done);
    }
    return snapshot.position;
  } finally {
    snapshot.close();
    source.close();
  }
}

function inWords({ family, kind, entity, at, since, received, dims, stored, recounted }: Difference): string {
  const time = (ms: number) => new Date(ms).toISOString();
  const cell = families[family].dims.map((dim, i) => `${dim} ${dims[i] ?? '–'}`).join(', ');
  const side = (sums: readonly Exact[]) => {
    const parts = families[family].measures.flatMap((measure, i) => (sums[i] === 0 ? [] : [`${measure} ${String(sums[i])}`]));
    return parts.length === 0 ? 'nothing' : parts.join(', ');
  };
  return `${kind} ${entity} at ${time(at)} (${cell}), since ${time(since)}, received ${time(received)}: the ledger has ${side(stored)}, the facts give ${side(recounted)}`;
}
