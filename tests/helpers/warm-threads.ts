/**
 * Starts and ends every thread of the store once, so that their stripped code is kept (see
 * `serverEnvironment`) before many of them start at the same time. Run as a program.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '../../server/adapters/sqlite/open/open-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'warroom-warm-'));
const store = await openStore({ file: path.join(folder, 'store.db'), timeZone: 'Asia/Shanghai', newStoreId: randomUUID(), now: Date.now });
await store.write((tx) => tx.appendChange([], Date.now()));
await Promise.all([store.reads.streams(), store.reads.counts()]);
await store.close();
flushCompileCache();
rmSync(folder, { recursive: true });
