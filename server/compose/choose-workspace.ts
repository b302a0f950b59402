/**
 * Decides whether a start shows the demo or the real workspace, and opens its store. The two
 * stores never share a file. The demo is for newcomers: it is not shown once Kafka is configured,
 * once the real store holds a fact, or once somebody pressed the button that starts the real
 * workspace. The button writes a file, so that a restart does not show the demo again.
 */
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sealBeginnings } from '../adapters/secrets/secret-box.ts';
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

/** Makes every later start with DEMO=auto show the real workspace, even an empty one. */
export function rememberRealWorkspace(foundation: Foundation): void {
  mkdirSync(foundation.config.dataDir, { recursive: true });
  writeFileSync(markFile(foundation), JSON.stringify({ startedAt: new Date(foundation.clock.now()).toISOString() }));
}

/** The demo's events are generated around the moment its store was made, so another day, time zone or currency needs a new store. */
async function openDemoStore(foundation: Foundation): Promise<Opened> {
  const file = path.join(foundation.config.dataDir, 'demo.db');
  const { calendar, clock } = foundation;
  const store = await openFitting(foundation, file);
  if (store && calendar.dayOf(store.createdAt) === calendar.dayOf(clock.now())) return { store, demo: true };
  await store?.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  return { store: await open(foundation, file), demo: true };
}

/** Resolves to null when the store was made for another time zone or currency. */
async function openFitting(foundation: Foundation, file: string): Promise<SqliteStore | null> {
  try {
    return await open(foundation, file);
  } catch (error) {
    if (error instanceof SettingsMismatch) return null;
    throw error;
  }
}

async function open({ config, clock, logger, secretKeys }: Foundation, file: string): Promise<SqliteStore> {
  requireFolder(config.dataDir);
  const { timeZone, currency } = config;
  let next = 0;
  return openStore({
    opens: sealBeginnings(secretKeys()),
    ...{ file, timeZone, currency, newStoreId: randomId(), now: () => clock.now() },
    counting(done, total) {
      if (done < next) return;
      next = done + Math.max(1, Math.floor(total / 10));
      logger.info({ done, total }, 'customers are counted anew from the orders and signings of the store');
    },
  });
}

/** A DATA_DIR that cannot be used is a wrong setting and no bug, so the start ends with one line instead of a stack. */
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
