/**
 * Recounts the ledger from the facts and compares: what `warroom verify` does. First the fingerprints of both, then, where those
 * differ, every sum. The tables that counts are read from are compared with the ledger's rows.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { openComparison, type Comparison, type Difference } from '../adapters/duckdb/offline/comparison.ts';
import { differing, fingerprintOfFile, type Differing } from '../adapters/duckdb/offline/fingerprint.ts';
import { checkGaps } from '../adapters/duckdb/offline/gap-check.ts';
import { openStaging, type Staging } from '../adapters/duckdb/offline/staging.ts';
import { ledgerFileOf } from '../compose/ledger.ts';
import type { Exact } from '../domain/ledger/exact.ts';
import { families } from '../domain/ledger/registry.ts';
import type { Progress } from './import/progress.ts';
import { number } from './import/tally.ts';
import { caughtUp } from './ledger-at-rest.ts';
import { recount, recountShare } from './recount.ts';

const SHOWN = 5;

/** The store is open and nobody writes it. Resolves to whether the ledger is right; `printLine` gets what a person should read. */
export async function verifyLedger(storeFile: string, printLine: (line: string) => void, bar: Progress): Promise<boolean> {
  await caughtUp(storeFile, { printLine, bar });
  const ledgerFile = ledgerFileOf(storeFile);
  const folder = await mkdtemp(path.join(path.dirname(storeFile), '.verify-'));
  const staging = await openStaging(folder);
  try {
    const [stored, recounted] = await Promise.all([fingerprintOfFile(staging, ledgerFile), recount(storeFile, shown(bar))]);
    const where = differing(stored.print, recounted.print);
    const { families: compared, differences } = await comparedWhere(where, staging, { storeFile, ledgerFile, bar });
    bar.end();
    for (const { family, compared: sums, different } of compared) {
      const same = (stored.sums.get(family) ?? []).reduce((sum, n, bucket) => (where.get(family)?.has(bucket) ? sum : sum + n), 0);
      printLine(
        `${different === 0 ? 'ok   ' : 'WRONG'} ledger ${family}: ${number(same + sums)} sums${different === 0 ? '' : `, ${number(different)} differ`}`,
      );
      for (const difference of differences) if (difference.family === family) printLine(`  ${inWords(difference)}`);
    }
    const gaps = await checkGaps(staging, ledgerFile);
    for (const { name, lines, different } of gaps) {
      const wrong = different === 0 ? '' : `, ${number(different)} of which are not those of the rows`;
      printLine(`${different === 0 ? 'ok   ' : 'WRONG'} ledger counts of ${name}: ${number(lines)} lines${wrong}`);
    }
    const behind = stored.position !== recounted.position;
    if (behind) printLine(`WRONG ledger: it stands at block ${number(stored.position)}, the store at ${number(recounted.position)}`);
    return !behind && [...compared, ...gaps].every(({ different }) => different === 0);
  } finally {
    await staging.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const shown = (bar: Progress) => (done: number, total: number) => bar.update(Math.min(1, done / Math.max(1, total)), done);

/** The rows of the buckets that differ, sum by sum: the facts are counted once more, for those few rows alone. */
async function comparedWhere(
  where: Differing,
  staging: Staging,
  { storeFile, ledgerFile, bar }: { readonly storeFile: string; readonly ledgerFile: string; readonly bar: Progress },
): ReturnType<Comparison['result']> {
  const comparison = await openComparison(staging, where);
  if (where.size > 0) {
    bar.say('The ledger differs: what differs is looked for.');
    await comparison.addFile(ledgerFile);
    const all = { storeFile, share: { index: 0, of: 1 } };
    recountShare(all, (row) => comparison.add('recounted', row), shown(bar));
  }
  return comparison.result(SHOWN);
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
