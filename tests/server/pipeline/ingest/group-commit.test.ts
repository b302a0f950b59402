/** Who shares a commit with whom. */
import { expect, it } from 'vitest';
import { createGroupCommit } from '../../../../server/pipeline/ingest/group-commit.ts';
import { feedOf } from '../../../helpers/ingest-rig.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { COMMIT_LIMITS, type CommitUnit, type FeedReader } from '../../../../server/pipeline/ingest/commit-unit.ts';

const reader = (partition: number, records: number): FeedReader => ({
  feed: feedOf({
    ...{ topic: 'sales', partition, epoch: 1, nextOffset: records, highWatermark: records },
    records: Array.from({ length: records }, (_, offset) => ({ offset, value: null, key: null, headers: {}, appendedAt: 0 })),
  }),
  position: 0,
});

function grouped(fails: (partitions: readonly number[]) => unknown = () => undefined) {
  const log: string[] = [];
  const commits: PromiseWithResolvers<void>[] = [];
  const releases: (() => void)[] = [];
  const names = (units: readonly CommitUnit[]): number[] => units.map(({ partition }) => partition);
  const commit = createGroupCommit({
    async together(units, onReleased) {
      log.push(`begin ${names(units).join()}`);
      const error = fails(names(units));
      const end = Promise.withResolvers<void>();
      commits.push(end);
      releases.push(onReleased);
      await end.promise;
      if (error) throw error;
      log.push(`end ${names(units).join()}`);
    },
    alone: async ({ partition }) => void log.push(`alone ${partition}`),
    around: async ({ partition }) => void log.push(`around ${partition}`),
  });
  return { log, commits, releases, commit, turn: () => new Promise((resolve) => setImmediate(resolve)) };
}

it('a group forms when the one before it releases, not before, and waits for nobody', async () => {
  const { log, commits, releases, commit, turn } = grouped();
  const all = [0, 1, 2].map((p) => commit(reader(p, 1)));
  await turn();
  expect(log).toEqual(['begin 0']);
  releases[0]?.();
  await turn();
  expect(log).toEqual(['begin 0', 'begin 1,2']);
  all.push(commit(reader(3, 1)));
  releases[1]?.();
  for (const one of commits) one.resolve();
  await turn();
  commits[2]?.resolve();
  await Promise.all(all);
  expect(log.filter((line) => line.startsWith('begin'))).toEqual(['begin 0', 'begin 1,2', 'begin 3']);
});

it('takes no more records than a transaction should have', async () => {
  const { log, commits, releases, commit, turn } = grouped();
  const half = COMMIT_LIMITS.records / 2;
  const all = [reader(0, 1), reader(1, half), reader(2, half), reader(3, 1), reader(4, COMMIT_LIMITS.records)].map((one) => commit(one));
  for (let n = 0; n < 3; n++) {
    await turn();
    releases[n]?.();
    commits[n]?.resolve();
  }
  await Promise.all(all);
  expect(log.filter((line) => line.startsWith('begin'))).toEqual(['begin 0', 'begin 1,2', 'begin 3,4']);
  // The last one has what still fitted; the rest of its feed is for the next group.
  expect((await all[4])?.records).toHaveLength(COMMIT_LIMITS.records - 1);
});

it('[I9] who fails together is tried alone; who failed alone is not tried again as a whole', async () => {
  const { log, commits, releases, commit, turn } = grouped(() => new TypeError('planted'));
  const all = [0, 1, 2].map((p) => commit(reader(p, 1)));
  await turn();
  releases[0]?.();
  await turn();
  for (const one of commits) one.resolve();
  await Promise.all(all);
  expect(log).toEqual(['begin 0', 'begin 1,2', 'around 0', 'alone 1', 'alone 2']);
});

it('[I9] a store that is away answers all of them so', async () => {
  const { log, commits, releases, commit, turn } = grouped(() => new Unavailable('store_full', 'no space'));
  const all = Promise.allSettled([0, 1, 2].map((p) => commit(reader(p, 1))));
  await turn();
  releases[0]?.();
  await turn();
  for (const one of commits) one.resolve();
  expect((await all).map((end) => end.status === 'rejected' && end.reason instanceof Unavailable)).toEqual([true, true, true]);
  expect(log).toEqual(['begin 0', 'begin 1,2']);
});
