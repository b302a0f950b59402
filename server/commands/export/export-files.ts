/** `warroom export --parquet FOLDER` and `--csv FOLDER`: everything the store holds, as files for other tools. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openStaging } from '../../adapters/duckdb/offline/staging.ts';
import type { FileFormat } from '../../adapters/duckdb/offline/month-files.ts';
import { openLedgerSource } from '../../adapters/sqlite/ledger/ledger-source.ts';
import { copyStore } from '../../adapters/sqlite/open/copy-store.ts';
import type { LedgerSource } from '../../pipeline/ports/ledger-source.ts';
import { isStartupFailure } from '../../compose/startup-failure.ts';
import { CommandFailed, configured } from '../connect.ts';
import { progress } from '../import/progress.ts';
import { number } from '../import/tally.ts';
import { writeExport, type ExportedTable } from './write-export.ts';

export interface ExportFilesOptions {
  readonly format: FileFormat;
  /** As the person wrote it. */
  readonly folder: string;
  /** Where the person stands. */
  readonly cwd: string;
  readonly demo: boolean;
  readonly out: NodeJS.WriteStream;
}

/** Folders of exports under way, and of those that were killed. */
const PARTIAL = '.partial-';

/** Exit code. */
export async function exportFiles({ format, folder: asked, cwd, demo, out }: ExportFilesOptions): Promise<number> {
  const { dataDir } = configured();
  const file = path.join(dataDir, demo ? 'demo.db' : 'warroom.db');
  if (!existsSync(file)) throw new CommandFailed(`There is no store at ${file}: nothing to export.`);
  const folder = path.resolve(cwd, asked);
  await requireEmpty(folder);
  const partial = path.join(folder, `${PARTIAL}${process.pid}`);
  await mkdir(partial);
  const bar = progress('export', out, 'rows');
  try {
    const tables = await exported(file, partial, format, bar.update);
    // Each name appears with all its files; the manifest comes last and says that the export is whole.
    for (const name of ['facts', 'ledger']) await rename(path.join(partial, name), path.join(folder, name));
    await rename(path.join(partial, 'manifest.json'), path.join(folder, 'manifest.json'));
    bar.end();
    const files = tables.reduce((sum, table) => sum + table.files.length, 0);
    const rows = tables.reduce((sum, table) => sum + table.files.reduce((n, each) => n + each.rows, 0), 0);
    out.write(`${number(rows)} rows in ${number(files)} files: ${folder}\n`);
    return 0;
  } finally {
    bar.end();
    await rm(partial, { recursive: true, force: true });
  }
}

async function requireEmpty(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    if (names.some((name) => !name.startsWith(PARTIAL)))
      throw new CommandFailed(`${folder} is not empty: name a folder that is empty or does not exist yet.`);
    // What is left of an export that was killed.
    for (const name of names) await rm(path.join(folder, name), { recursive: true, force: true });
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    throw new CommandFailed(`${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Writes everything below `partial`; what it needs on the way lies there too and is removed. */
async function exported(
  file: string,
  partial: string,
  format: FileFormat,
  onProgress: (share: number, rows: number) => void,
): Promise<readonly ExportedTable[]> {
  const work = path.join(partial, 'work');
  for (const name of ['work', 'facts', 'ledger']) await mkdir(path.join(partial, name));
  // Reading a copy leaves a server that runs, or starts meanwhile, alone.
  const copy = path.join(work, 'store.db');
  await copied(file, copy);
  const source = openLedgerSource(copy);
  const staging = await openStaging(work);
  const snapshot = source.snapshot();
  try {
    const tables = await writeExport({ source, snapshot, staging, folder: partial, format, onProgress });
    await writeFile(path.join(partial, 'manifest.json'), manifestOf(source, snapshot.position, tables));
    return tables;
  } finally {
    snapshot.close();
    source.close();
    await staging.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function copied(file: string, copy: string): Promise<void> {
  try {
    await copyStore(file, copy);
  } catch (error) {
    throw isStartupFailure(error) ? new CommandFailed(error.message) : error;
  }
}

function manifestOf({ storeId, timeZone }: LedgerSource, position: number, tables: readonly ExportedTable[]): string {
  const about = {
    storeId,
    timeZone,
    ledgerPosition: position,
    months: `of the business zone ${timeZone}`,
    instants: 'UTC',
    money: 'minor units',
  };
  return `${JSON.stringify({ ...about, tables: tables.filter(({ files }) => files.length > 0) }, null, 2)}\n`;
}
