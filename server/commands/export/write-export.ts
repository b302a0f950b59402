/** One state of a store as files for other tools: facts of every kind and the ledger by family, a file for each month. */
import path from 'node:path';
import { MONTH, writeMonthFiles, type FileFormat, type MonthFile } from '../../adapters/duckdb/offline/month-files.ts';
import type { StagedTable, Staging } from '../../adapters/duckdb/offline/staging.ts';
import { rowsOfEntity } from '../../domain/ledger/rebuild.ts';
import { createCalendar } from '../../domain/time/calendar.ts';
import type { LedgerSnapshot, LedgerSource } from '../../pipeline/ports/ledger-source.ts';
import { factTables, type ExportRow, type ExportTable } from './fact-tables.ts';
import { ledgerRow, ledgerTables } from './ledger-tables.ts';

export interface ExportOptions {
  readonly source: Pick<LedgerSource, 'createdAt' | 'timeZone'>;
  readonly snapshot: LedgerSnapshot;
  readonly staging: Staging;
  /** Exists; gets the folders `facts` and `ledger`. */
  readonly folder: string;
  readonly format: FileFormat;
  /** Share of the work done, 0 … 1, and rows so far. */
  readonly onProgress: (share: number, rows: number) => void;
}

export interface ExportedTable {
  /** `facts/order`, `ledger/sales`, … */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly files: readonly MonthFile[];
}

/** Share of the work that reading is; the rest is writing files. */
const READING = 0.8;

export async function writeExport({
  source,
  snapshot,
  staging,
  folder,
  format,
  onProgress,
}: ExportOptions): Promise<readonly ExportedTable[]> {
  const monthOf = createMonthOf(source.timeZone);
  const tables: { readonly name: string; readonly table: ExportTable; readonly order: readonly string[]; readonly staged: StagedTable }[] =
    [];
  let rows = 0;
  const open = async (name: string, table: ExportTable, order: readonly string[]): Promise<(row: ExportRow) => void> => {
    const staged = await staging.table(name, [...table.columns, MONTH]);
    tables.push({ name, table, order, staged });
    return ({ at, values }) => {
      staged.append([...values, monthOf(at)]);
      rows += 1;
    };
  };

  for (const [k, table] of factTables.entries()) {
    const add = await open(`facts/${table.name}`, table, byVersion);
    const addOf = await Promise.all(table.lists.map((list) => open(`facts/${list.name}`, list, [...byVersion, 'place'])));
    for (const page of snapshot.facts(table.kind)) {
      for (const fact of page) {
        table.rows(fact).forEach(add);
        table.listRows(fact).forEach((list, i) => list.forEach((row) => addOf[i]?.(row)));
      }
      onProgress((READING / 3) * (k / factTables.length), rows);
    }
  }

  const calendar = createCalendar(source.timeZone);
  const context = { calendar, workspaceSince: source.createdAt, thresholds: snapshot.thresholds };
  const families = new Map<string, (row: ExportRow) => void>();
  for (const [name, table] of Object.entries(ledgerTables)) families.set(name, await open(`ledger/${name}`, table, byInstant));
  let entities = 0;
  for (const page of snapshot.entities()) {
    for (const entity of page) for (const row of rowsOfEntity(entity, context)) families.get(row.family)?.(ledgerRow(row));
    entities += page.length;
    onProgress(READING * (1 / 3 + (2 / 3) * Math.min(1, entities / Math.max(1, snapshot.total))), rows);
  }

  staging.flush();
  const exported: ExportedTable[] = [];
  for (const [n, { name, table, order }] of tables.entries()) {
    const files = await writeMonthFiles(staging, {
      ...{ table: name, columns: table.columns, order, name, format },
      folder: path.join(folder),
    });
    exported.push({ name, columns: table.columns, files });
    onProgress(READING + (1 - READING) * ((n + 1) / tables.length), rows);
  }
  return exported;
}

const byVersion = ['occurredAt', 'key', 'type', 'version'];
const byInstant = ['at', 'entity', 'received', 'since'];

/** Name of the month of an instant in the business zone, YYYY-MM. */
function createMonthOf(timeZone: string): (at: number) => string {
  const calendar = createCalendar(timeZone);
  const months = new Map<number, string>();
  return (at) => {
    const day = calendar.dayOf(at);
    let month = months.get(day);
    if (month === undefined) months.set(day, (month = calendar.formatDay(day).slice(0, 7)));
    return month;
  };
}
