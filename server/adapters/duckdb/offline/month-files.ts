/** Writes staged tables as files, one for each month, in formats that other tools read. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { identifier, literal, type Column, type Staging } from './staging.ts';

export type FileFormat = 'parquet' | 'csv';

export interface MonthFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly rows: number;
}

/** Name of the column that says which file a row belongs to (YYYY-MM, or any text fit for a file name); not written. */
export const MONTH: Column = { name: 'month of the file', type: 'text' };

/** Rows of a table, sorted by `order`, into `folder`/`name`/<month>.<format>. */
export async function writeMonthFiles(
  staging: Staging,
  options: {
    readonly table: string;
    readonly columns: readonly Column[];
    readonly order: readonly string[];
    readonly folder: string;
    readonly name: string;
    readonly format: FileFormat;
  },
): Promise<readonly MonthFile[]> {
  const { table, columns, folder, name, format } = options;
  const months = await staging.query(
    `select ${identifier(MONTH.name)}, count(*) from ${identifier(table)} group by all order by ${identifier(MONTH.name)}`,
  );
  if (months.length === 0) return [];
  await mkdir(path.join(folder, name), { recursive: true });
  const selected = columns.map((column) => `${shown(column, format)} as ${identifier(column.name)}`).join(', ');
  const order = options.order.map(identifier).join(', ');
  const files: MonthFile[] = [];
  for (const [month, rows] of months) {
    const file = `${name}/${String(month)}.${format}`;
    await staging.run(
      `copy (select ${selected} from ${identifier(table)} where ${identifier(MONTH.name)} = ${literal(String(month))} order by ${order})
       to ${literal(path.join(folder, file))} (${formats[format]})`,
    );
    files.push({ path: file, rows: Number(rows) });
  }
  return files;
}

const formats: Readonly<Record<FileFormat, string>> = {
  parquet: 'format parquet, compression zstd',
  csv: 'format csv, header true',
};

function shown({ name, type }: Column, format: FileFormat): string {
  return type === 'instant' ? instants[format](identifier(name)) : identifier(name);
}

const instants: Readonly<Record<FileFormat, (column: string) => string>> = {
  parquet: (column) => `make_timestamptz(${column} * 1000)`,
  // RFC 3339, as the API writes instants.
  csv: (column) => `strftime(epoch_ms(${column}), '%Y-%m-%dT%H:%M:%S.%gZ')`,
};
