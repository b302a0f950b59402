/** Screens, and what they painted of red stories. */
import { expect, test } from 'vitest';
import type { ScreenRow } from '../../../server/pipeline/ports/screen-store.ts';
import type { StoreCase } from './store-contract.ts';

const screen = (id: string, over: Partial<ScreenRow> = {}): ScreenRow => ({
  ...{ id, name: null, registeredAt: 100, seenAt: 200, report: null },
  ...over,
});
const report: ScreenRow['report'] = {
  ...{ scene: 'overview', positions: { overview: { epoch: 'e', revision: 7 } }, paintedAt: 190 },
  ...{ visible: true, size: [1_920, 1_080, 1.5], build: 'b', red: ['i1'] },
};

export function registerScreenCases(stores: StoreCase): void {
  test('[SC3] screens come back as they were put, in the order they were registered, and go when they are forgotten', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.putScreens([screen('b', { registeredAt: 101 }), screen('a'), screen('c', { name: '前台', report })]));
    await store.write((tx) => tx.putScreens([screen('a', { name: '仓库', seenAt: 300, registeredAt: 999 })]));
    const again = await stores.reopen();
    expect(await again.reads.screens()).toEqual([
      screen('a', { name: '仓库', seenAt: 300 }),
      screen('c', { name: '前台', report }),
      screen('b', { registeredAt: 101 }),
    ]);
    await again.write((tx) => tx.forgetScreens(['c', 'none']));
    expect((await again.reads.screens()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('[SC2] [T4] of many early calls for one story exactly one is taken, and none once a screen has painted it', async () => {
    const store = await stores.open();
    const story = { incidentId: 'i1', generation: 1 };
    const won = await Promise.all(Array.from({ length: 10 }, () => store.write((tx) => tx.takeEarlyCall(story, 5))));
    expect(won.filter(Boolean)).toHaveLength(1);
    const painted = { incidentId: 'i2', generation: 1 };
    await store.write((tx) => tx.putPainted(painted, 'a', 7));
    await store.write((tx) => tx.putPainted(painted, 'b', 9));
    const again = await stores.reopen();
    expect(await again.write((tx) => tx.takeEarlyCall(painted, 10))).toBe(false);
    expect(await again.write((tx) => tx.takeEarlyCall({ ...painted, generation: 2 }, 10))).toBe(true);
  });
}
