import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type SqliteStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { Untold } from '../../../../../server/pipeline/ports/past.ts';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const HOUR = 3_600_000;

let folder: string;
let store: SqliteStore;
let now: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'past-'));
  now = NOON;
  store = await openStore({ file: join(folder, 'store.sqlite'), timeZone: 'Asia/Shanghai', newStoreId: randomUUID(), now: () => now });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function brands(own: string, effectiveFrom = now): Promise<void> {
  const row = { value: { own: [own], tracked: [] }, owner: 'o', reason: 'r', effectiveFrom, setAt: now };
  await store.write((tx) => tx.putPolicy('brands', row));
}
const ownAt = (at: number, known: 'then' | 'now') => store.past.at({ at, known }, async (reads) => (await reads.policies()).brands.own);

describe('reads of earlier moments, on a thread of their own', () => {
  it('[R21] see the rules that were set by then; as known now also those dated back behind the moment, and none that began later', async () => {
    await brands('first');
    now += HOUR;
    await brands('dated back', NOON + 1);
    now += HOUR;
    await brands('later');
    expect(await ownAt(NOON, 'then')).toEqual(['first']);
    expect(await ownAt(NOON + HOUR / 2, 'then')).toEqual(['first']);
    expect(await ownAt(NOON + HOUR / 2, 'now')).toEqual(['dated back']);
    expect(await ownAt(NOON + HOUR, 'then')).toEqual(['dated back']);
    expect(await ownAt(now, 'then')).toEqual(['later']);
    expect((await store.reads.policies()).brands.own).toEqual(['later']);
  });

  it('are answered one moment after another, each from its own state', async () => {
    await brands('first');
    now += HOUR;
    await brands('second');
    const answers = [NOON, now, NOON, now].map((at) => ownAt(at, 'then'));
    expect(await Promise.all(answers)).toEqual([['first'], ['second'], ['first'], ['second']]);
  });

  it('refuse what is kept only as it is now, and mentions of no stated time', async () => {
    await expect(store.past.at({ at: NOON, known: 'then' }, (reads) => reads.streams())).rejects.toThrow(Untold);
    const pending = { limit: 0, after: null };
    await expect(store.past.at({ at: NOON, known: 'then' }, (reads) => reads.pendingHistory(pending))).rejects.toMatchObject({
      table: 'mentions',
    });
    const since = NOON - HOUR;
    expect(await store.past.at({ at: NOON, known: 'then' }, (reads) => reads.pendingHistory({ ...pending, since }))).toMatchObject({
      total: 0,
    });
    // A read that fails leaves nothing behind.
    expect(await ownAt(NOON, 'then')).toEqual([]);
  });
});
