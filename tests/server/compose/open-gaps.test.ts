import { expect, it } from 'vitest';
import { createOpenGaps } from '../../../server/compose/open-gaps.ts';
import { createCommit } from '../../../server/pipeline/ports/commit.ts';
import { Unavailable } from '../../../server/pipeline/ports/errors.ts';
import type { GapRow } from '../../../server/pipeline/ports/reads.ts';
import { ManualTime } from '../../helpers/manual-time.ts';
import { openMemoryStore } from '../../helpers/memory-store.ts';

const gap = (expected: number, acknowledgedBy: string | null): GapRow => ({
  ...{ topic: 'leads', partition: 0, expected, oldest: expected + 5, cause: 'lost', at: expected },
  acknowledgedBy,
});

function opened(gaps: () => Promise<readonly GapRow[]>) {
  const shown: (string | null)[] = [];
  const time = new ManualTime(1_000);
  const store = openMemoryStore(() => time.now());
  const touched: string[] = [];
  const commit = createCommit(store, time, (parts) => touched.push(...parts));
  return { shown, store, touched, open: createOpenGaps({ gaps }, commit, { showGap: (detail) => shown.push(detail) }) };
}

it('[I12] a start shows the newest gap that nobody has acknowledged, and how many more there are', async () => {
  const rig = opened(() => Promise.resolve([gap(3, null), gap(40, null), gap(90, '林悦')]));
  await rig.open.show();
  expect(rig.shown).toEqual(['5 records of leads/0 from 40 on are gone from the log before they were read. 1 more gaps are open.']);
});

it('[I12] shows nothing where all are acknowledged, and a store that is away does not hold up the start', async () => {
  const rig = opened(() => Promise.resolve([gap(90, '林悦')]));
  await rig.open.show();
  const away = opened(() => Promise.reject(new Unavailable('store_unavailable', 'away')));
  await away.open.show();
  expect([...rig.shown, ...away.shown]).toEqual([]);
});

it('[I12] acknowledging is written down with who did it, once', async () => {
  const rig = opened(() => Promise.resolve([]));
  await rig.store.write((tx) => tx.putGap({ ...gap(3, null), logId: null, at: 1 }));
  await rig.open.acknowledge('周屿');
  await rig.open.acknowledge('林悦');
  expect(rig.shown).toEqual([null, null]);
  expect(rig.touched).toEqual(['sources']);
  expect(rig.store.db.prepare('select acknowledged_by, acknowledged_at from gaps').all()).toEqual([
    { acknowledged_by: '周屿', acknowledged_at: 1_000 },
  ]);
});
