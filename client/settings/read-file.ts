/** Reads the rows of a CSV or XLSX file in the browser. */
import { parseCsv } from '../format/csv.ts';
import type { FileTable } from './read-targets.ts';

export const LARGEST_FILE = 5 * 1_048_576;

/** `B3` → `3:2` */
function place(reference: string): string {
  const [, letters = '', line = ''] = /^([A-Z]+)(\d+)$/u.exec(reference) ?? [];
  const column = letters.split('').reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0);
  return `${line}:${String(column)}`;
}

/** Cells with a formula. The reader of the file gives their last result, which may be anything. */
async function formulasOf(bytes: Uint8Array): Promise<ReadonlySet<string>> {
  const { strFromU8, unzipSync } = await import('fflate');
  const files = unzipSync(bytes, { filter: ({ name }) => name === 'xl/worksheets/sheet1.xml' });
  const sheet = files['xl/worksheets/sheet1.xml'];
  const found = sheet ? [...strFromU8(sheet).matchAll(/<c\b[^>]*\br="([A-Z]+\d+)"[^>]*>\s*<f\b/gu)] : [];
  return new Set(found.map((match) => place(match[1] ?? '')));
}

export async function readFile(file: File): Promise<FileTable> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // A spreadsheet is a ZIP archive.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    return { rows: parseCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), formulas: new Set() };
  }
  const { readSheet } = await import('read-excel-file/browser');
  const [rows, formulas] = await Promise.all([readSheet(file), formulasOf(bytes)]);
  // The types of the library allow the constructor of dates as a cell; no file has one.
  return { rows: rows.map((row) => row.map((cell) => (typeof cell === 'function' ? null : cell))), formulas };
}
