/** Who shares a commit with whom. */
import { expect, it } from 'vitest';
import { createGroupCommit } from '../../../../server/pipeline/ingest/group-commit.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { MAX_RECORDS_PER_COMMIT, type Slice } from '../../../../server/pipeline/ingest/commit-unit.ts';

const slice = (partition: number, records: number): Slice => ({
  ...{ topic: 'sales', partition, epoch: 1, nextOffset: records },
  records: Array.from({ length: records }, (_, offset) => ({ offset, value: null, key: null, headers: {}, appendedAt: 0 })),
});

function grouped(fails: (partitions: readonly number[]) => unknown = () => undefined) {
  const log: string[] = [];
  const commits: PromiseWithResolvers<void>[] = [];
  const leaves: (() => void)[] = [];
  const names = (slices: readonly Slice[]): number[] => slices.map(({ partition }) => partition);
  const commit = createGroupCommit({
    async together(slices, leaving) {
      log.push(`begin ${names(slices).join()}`);
      const error = fails(names(slices));
      const end = Promise.withResolvers<void>();
      commits.push(end);
      leaves.push(leaving);
      await end.promise;
      if (error) throw error;
      log.push(`end ${names(slices).join()}`);
    },
    alone: async ({ partition }) => void log.push(`alone ${partition}`),
    around: async ({ partition }) => void log.push(`around ${partition}`),
  });
  return { log, commits, leaves, commit, turn: () => new Promise((resolve) => setTimeout(resolve, 1)) };
}

it('a group forms when the one before it leaves, not before, and waits for nobody', async () => {
  const { log, commits, leaves, commit, turn } = grouped();
  const all = [0, 1, 2].map((p) => commit(slice(p, 1)));
  await turn();
  expect(log).toEqual(['begin 0']);
  leaves[0]?.();
  await turn();
  expect(log).toEqual(['begin 0', 'begin 1,2']);
  all.push(commit(slice(3, 1)));
  leaves[1]?.();
  for (const one of commits) one.resolve();
  await turn();
  commits[2]?.resolve();
  await Promise.all(all);
  expect(log.filter((line) => line.startsWith('begin'))).toEqual(['begin 0', 'begin 1,2', 'begin 3']);
});

it('takes no more records than a commit may have, except of one that has them alone', async () => {
  const { log, commits, leaves, commit, turn } = grouped();
  const half = MAX_RECORDS_PER_COMMIT / 2;
  const all = [slice(0, 1), slice(1, half), slice(2, half), slice(3, 1), slice(4, MAX_RECORDS_PER_COMMIT)].map((one) => commit(one));
  for (let n = 0; n < 4; n++) {
    await turn();
    leaves[n]?.();
    commits[n]?.resolve();
  }
  await Promise.all(all);
  expect(log.filter((line) => line.startsWith('begin'))).toEqual(['begin 0', 'begin 1,2', 'begin 3', 'begin 4']);
});

it('[I9] who fails together is tried alone; who failed alone is not tried again as a whole', async () => {
  const { log, commits, leaves, commit, turn } = grouped(() => new TypeError('planted'));
  const all = [0, 1, 2].map((p) => commit(slice(p, 1)));
  await turn();
  leaves[0]?.();
  await turn();
  for (const one of commits) one.resolve();
  await Promise.all(all);
  expect(log).toEqual(['begin 0', 'begin 1,2', 'around 0', 'alone 1', 'alone 2']);
});

it('[I9] a store that is away answers all of them so', async () => {
  const { log, commits, leaves, commit, turn } = grouped(() => new Unavailable('store_full', 'no space'));
  const all = Promise.allSettled([0, 1, 2].map((p) => commit(slice(p, 1))));
  await turn();
  leaves[0]?.();
  await turn();
  for (const one of commits) one.resolve();
  expect((await all).map((end) => end.status === 'rejected' && end.reason instanceof Unavailable)).toEqual([true, true, true]);
  expect(log).toEqual(['begin 0', 'begin 1,2']);
});
