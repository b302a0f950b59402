import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { testSeed } from '../../../helpers/seed.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const KILLS = 20;

test(`[I1] ${KILLS} times SIGKILL in a write loop: what was acknowledged is stored, and every transaction whole or not at all`, async () => {
  const seed = testSeed('SIGKILL in a write loop');
  const random = seededRandom(seed);
  const file = join(temporaryFolder(), 'store.db');
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild(file, 'write');
    await child.printed(2 + random.below(200));
    await child.kill();
    const last = Number(child.lines.at(-1));
    expect(last).toBeGreaterThan(acknowledged);
    acknowledged = last;
    const store = await openStore({ file, timeZone: 'UTC', newStoreId: 'x', now: Date.now });
    // Counting tells the state: the counter's tries so far, and whether the row of its last commit is there.
    const state = await store
      .write(async (tx) => {
        const counter = (await tx.countAttempt('counter')) - 1;
        const pair = [await tx.countAttempt(`row ${counter}`), await tx.countAttempt(`row ${counter + 1}`)];
        throw Object.assign(new Error('only looking'), { counter, pair });
      })
      .catch((e: { counter: number; pair: number[] }) => e);
    expect(state.counter).toBeGreaterThanOrEqual(acknowledged);
    expect(state.counter).toBeLessThanOrEqual(acknowledged + 1);
    expect(state.pair).toEqual([2, 1]);
    await store.close();
  }
}, 600_000);
