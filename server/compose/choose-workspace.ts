/**
 * Which workspace a start shows, and opening its store. The two never share a file. The
 * demo is for newcomers: it gives way to Kafka, to any real fact, and to the button that
 * starts the real workspace, which leaves a mark so that a restart does not bring it back.
 */
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomId } from '../adapters/system/identity.ts';
import { SettingsMismatch } from '../adapters/sqlite/open/meta.ts';
import { openStore, type SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { Foundation } from './foundation.ts';

export interface Opened {
  readonly store: SqliteStore;
  readonly demo: boolean;
}

export async function openChosenStore(foundation: Foundation): Promise<Opened> {
  const { demo, kafka } = foundation.config;
  if (demo === 'on') return openDemoStore(foundation);
  if (demo === 'off' || kafka || existsSync(markFile(foundation))) return openRealStore(foundation);
  if (!existsSync(realFile(foundation))) return openDemoStore(foundation);
  const real = await openRealStore(foundation);
  if (await holdsFacts(real.store)) return real;
  await real.store.close();
  return openDemoStore(foundation);
}

export async function openRealStore(foundation: Foundation): Promise<Opened> {
  return { store: await open(foundation, realFile(foundation)), demo: false };
}

/** From now on a start with DEMO=auto shows the real workspace, empty or not. */
export function rememberRealWorkspace(foundation: Foundation): void {
  mkdirSync(foundation.config.dataDir, { recursive: true });
  writeFileSync(markFile(foundation), JSON.stringify({ startedAt: new Date(foundation.clock.now()).toISOString() }));
}

/** The demo's day is told around the moment its store was made, so another day, time zone or currency gets another store. */
async function openDemoStore(foundation: Foundation): Promise<Opened> {
  const file = path.join(foundation.config.dataDir, 'demo.db');
  const { calendar, clock } = foundation;
  const store = await openFitting(foundation, file);
  if (store && calendar.dayOf(store.createdAt) === calendar.dayOf(clock.now())) return { store, demo: true };
  await store?.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  return { store: await open(foundation, file), demo: true };
}

/** null when the store was made for another time zone or currency. */
async function openFitting(foundation: Foundation, file: string): Promise<SqliteStore | null> {
  try {
    return await open(foundation, file);
  } catch (error) {
    if (error instanceof SettingsMismatch) return null;
    throw error;
  }
}

async function open({ config, clock }: Foundation, file: string): Promise<SqliteStore> {
  requireFolder(config.dataDir);
  return openStore({ file, timeZone: config.timeZone, currency: config.currency, newStoreId: randomId(), now: () => clock.now() });
}

/** A wrong DATA_DIR is a setting to mend, not a bug: it is told in one line. */
function requireFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unavailable('store_unavailable', `DATA_DIR=${dataDir} cannot be used: ${why}`, error);
  }
}

async function holdsFacts(store: SqliteStore): Promise<boolean> {
  return Object.values(await store.reads.counts()).some((n) => n > 0);
}

const realFile = ({ config }: Foundation) => path.join(config.dataDir, 'warroom.db');
const markFile = ({ config }: Foundation) => path.join(config.dataDir, 'real-workspace.json');
