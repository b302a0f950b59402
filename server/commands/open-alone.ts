/** Opens the store for a command that needs its server stopped. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openStore, type SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import { randomId } from '../adapters/system/identity.ts';
import { isStartupFailure } from '../compose/startup-failure.ts';
import { CommandFailed, configured } from './connect.ts';

/** @param what the command does, for a sentence */
export async function openedAlone(demo: boolean, what: string): Promise<{ readonly file: string; readonly store: SqliteStore }> {
  const { dataDir, timeZone, currency } = configured();
  const file = path.join(dataDir, demo ? 'demo.db' : 'warroom.db');
  if (!existsSync(file)) throw new CommandFailed(`There is no store at ${file}: nothing to ${what}.`);
  try {
    return { file, store: await openStore({ file, timeZone, currency, newStoreId: randomId(), now: Date.now }) };
  } catch (error) {
    throw isStartupFailure(error) ? new CommandFailed(error.message) : error;
  }
}
