/** Saves what a table shows as a file: CSV, or XLSX with numbers as numbers. */
import type { Cell } from '../format/csv.ts';
import { csvText } from '../format/csv.ts';

export interface ExportedTable {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

const fileName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\s]+/gu, '-');

export function exportCsv({ name, columns, rows }: ExportedTable): void {
  save(new Blob([csvText([columns, ...rows])], { type: 'text/csv;charset=utf-8' }), `${fileName(name)}.csv`);
}

/** Cells of texts are written as texts, which a spreadsheet never takes for formulas. */
export async function exportXlsx({ name, columns, rows }: ExportedTable): Promise<void> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  const cell = (value: Cell) => (value === null ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String });
  const sheet = [columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const })), ...rows.map((row) => row.map(cell))];
  const file = writeXlsxFile(sheet);
  save(await file.toBlob(), `${fileName(name)}.xlsx`);
}
