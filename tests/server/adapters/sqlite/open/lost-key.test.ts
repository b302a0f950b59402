/** Channels sealed with a key that is not there are known as such, by whoever reads and whoever writes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';

it.each([
  { opens: ['v1.mine.', 'v1.older.'], readable: [true, true, false, false] },
  { opens: [], readable: [false, false, false, false] },
  { opens: undefined, readable: [true, true, true, true] },
])('opened with $opens', async ({ opens, readable }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'warroom-keys-'));
  const store = await openStore({ file: path.join(folder, 'store.db'), timeZone: 'UTC', newStoreId: 's', now: () => 0, opens });
  try {
    const rows = ['v1.mine.x', 'v1.older.x', 'v1.other.x', 'x v1.mine.'].map((sealed, i) => ({
      ...{ id: `c${i}`, kind: 'wecom', enabled: true, sealed },
    }));
    await store.write((tx) => tx.putChannels(rows, 1));
    const expected = rows.map((row, i) => ({ ...row, readable: readable[i] }));
    expect(await store.reads.channels()).toEqual(expected);
    expect(await store.write((tx) => tx.channels())).toEqual(expected);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
