/**
 * The file with the keys for secrets at rest: one key a line, 32 bytes in Base64. The first seals, every one opens, so that a
 * key is replaced by writing a new one above it. The file is made at the first start, readable by its owner only.
 */
import { chmodSync, closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { Unavailable } from '../../pipeline/ports/errors.ts';

const KEY_BYTES = 32;
/** Rights of the group and of everybody else. */
const OTHERS = 0o077;

/** The keys of the file, made first where it is absent. Throws `Unavailable` with a sentence for people when it cannot be used. */
export function readKeys(file: string): readonly Buffer[] {
  make(file);
  let text: string;
  try {
    const handle = openSync(file, 'r');
    try {
      const { mode } = fstatSync(handle);
      if ((mode & OTHERS) !== 0) {
        throw wrong(file, `can be read by others than its owner (mode ${(mode & 0o777).toString(8)}): run chmod 600 on it`);
      }
      text = readFileSync(handle, 'utf8');
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    throw wrong(file, `cannot be read (${codeOf(error)})`, error);
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'));
  if (keys.length === 0)
    throw wrong(file, 'is empty: restore the key, or remove the file to begin with a new key, which opens no old secret');
  if (keys.some((key, i) => key.length !== KEY_BYTES || key.toString('base64') !== lines[i]?.trim())) {
    throw wrong(file, 'holds no key: every line must be 32 bytes in Base64');
  }
  return keys;
}

/** Two processes that start at once agree, because only one of them can make the file. */
function make(file: string): void {
  let handle: number;
  try {
    mkdirSync(dirname(file), { recursive: true });
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw wrong(file, `cannot be made (${codeOf(error)})`, error);
  }
  try {
    chmodSync(file, 0o600);
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'error');

function wrong(file: string, why: string, cause?: unknown): Unavailable {
  return new Unavailable('secret_key', `SECRET_KEY_FILE=${file} ${why}`, cause);
}
