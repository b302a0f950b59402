/** Checks the files before anything is sent, so that a wrong file name costs one line and not half a transfer. */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file that cannot be imported; the message is for people, names the file and says what to do. */
export class UnfitFile extends Error {}

export const TAKEN = 'taken are CloudEvents as NDJSON (one event a line) or as one JSON array, in UTF-8';
const HEAD_BYTES = 65_536;

const kinds: Readonly<Record<string, string>> = {
  ...{ '.csv': 'a CSV table', '.tsv': 'a TSV table', '.xlsx': 'an Excel workbook', '.xls': 'an Excel workbook' },
  ...{ '.gz': 'compressed', '.zip': 'a ZIP archive', '.zst': 'compressed', '.parquet': 'a Parquet file' },
};
const beginnings: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or an Excel workbook'],
  [[0x1f, 0x8b], 'compressed'],
  [[0xff, 0xfe], 'in UTF-16'],
  [[0xfe, 0xff], 'in UTF-16'],
];

/**
 * Throws `UnfitFile` for one that is missing, unreadable, or plainly no file of events. A bad line is no reason: the
 * server judges lines.
 */
export async function requireEvents(file: string): Promise<void> {
  const head = await readHead(file);
  const what = kinds[path.extname(file).toLowerCase()] ?? beginnings.find(([bytes]) => bytes.every((b, i) => head[i] === b))?.[1];
  if (what !== undefined) throw new UnfitFile(`${file} is ${what}; ${TAKEN}`);
  const lines = head
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
    .split('\n');
  if (lines.every((line) => line.trim() === '') || lines.some((line) => /^\s*[{[]/u.test(line))) return;
  throw new UnfitFile(`${file} holds no JSON in its first lines; ${TAKEN}`);
}

async function readHead(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).isDirectory()) throw new UnfitFile(`${file} is a folder; name the files in it`);
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error) ?? error;
  }
}

/** The sentence for an error of the file system; null for any other error. */
export function unreadable(file: string, error: unknown): UnfitFile | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UnfitFile(`${file} does not exist`);
    case 'EACCES':
    case 'EPERM':
      return new UnfitFile(`${file} may not be read by this user`);
    case 'EISDIR':
      return new UnfitFile(`${file} is a folder; name the files in it`);
    default:
      return typeof error.code === 'string' && 'syscall' in error ? new UnfitFile(`${file} cannot be read (${error.code})`) : null;
  }
}
