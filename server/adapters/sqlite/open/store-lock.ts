/**
 * One server per store. The lock is a second small SQLite file held exclusively for
 * the life of the process: the kernel frees it at any death, so nobody ever has to
 * guess whether a holder still lives. Locking the store's own file would shut out our readers.
 * Who holds it stands in a plain file beside it, which no lock can hide.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { resultClass } from '../errors.ts';

/** A server that is being replaced may need a moment to die; longer than this it is simply there. */
const PATIENCE_MS = 2_000;
const RETRY_MS = 50;

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** UTC ms */
  readonly startedAt: number;
  /** Where it serves, once it does. */
  readonly address: string | null;
}

/** Another server has the store. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
  readonly holder: Holder | undefined;
  constructor(file: string, holder: Holder | undefined) {
    const who = holder
      ? `process ${holder.pid} on ${holder.host}, since ${new Date(holder.startedAt).toISOString()}${holder.address === null ? '' : `, at ${holder.address}`}`
      : 'another process';
    super(`the store ${file} is in use by ${who}: one server per store; stop that one first`);
    this.holder = holder;
  }
}

export interface StoreLock {
  /** Adds where this server can be found, for whoever is refused. */
  announce(address: string): void;
  release(): void;
}

export async function takeLock(file: string, now: number): Promise<StoreLock> {
  const holderFile = `${file}.holder.json`;
  const db = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  const patienceEnds = performance.now() + PATIENCE_MS;
  while (!acquired(db)) {
    if (performance.now() >= patienceEnds) {
      db.close();
      throw new StoreInUse(file, readHolder(holderFile));
    }
    await sleep(RETRY_MS);
  }
  let holder: Holder = { pid: process.pid, host: hostname(), startedAt: now, address: null };
  writeHolder(holderFile, holder);
  return {
    announce(address) {
      holder = { ...holder, address };
      writeHolder(holderFile, holder);
    },
    release() {
      rmSync(holderFile, { force: true });
      db.close();
    },
  };
}

/** Who has the store now: null = nobody, undefined = somebody who left no note. Takes the lock for a moment to find out. */
export function holderOf(file: string): Holder | null | undefined {
  const db = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    return acquired(db) ? null : readHolder(`${file}.holder.json`);
  } finally {
    db.close();
  }
}

function acquired(db: DatabaseSync): boolean {
  try {
    // Never committed: the open transaction is the lock.
    db.exec('begin exclusive');
    return true;
  } catch (error) {
    const code = resultClass(error);
    if (code === 5 || code === 6) return false;
    throw error;
  }
}

function writeHolder(holderFile: string, holder: Holder): void {
  writeFileSync(`${holderFile}.new`, JSON.stringify(holder));
  renameSync(`${holderFile}.new`, holderFile);
}

function readHolder(holderFile: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(holderFile, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
