/** Who shares a commit with whom. */
import { expect, it } from 'vitest';
import { createGroupCommit } from '../../../../server/pipeline/ingest/group-commit.ts';
import { feedOf } from '../../../helpers/ingest-rig.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { COMMIT_LIMITS, URGENT_LIMITS, type CommitUnit, type FeedReader } from '../../../../server/pipeline/ingest/commit-unit.ts';

const reader = (partition: number, records: number): FeedReader => ({
  feed: feedOf({
    ...{ topic: 'sales', partition, epoch: 1, nextOffset: records, highWatermark: records },
    records: Array.from({ length: records }, (_, offset) => ({ offset, value: null, key: null, headers: {}, appendedAt: 0 })),
  }),
  position: 0,
});

/** What this partition has is waited for. */
const URGENT = 9;

function grouped(fails: (partitions: readonly number[]) => unknown = () => undefined) {
  const log: string[] = [];
  const commits: PromiseWithResolvers<void>[] = [];
  const releases: (() => void)[] = [];
  const early: (() => boolean)[] = [];
  const names = (units: readonly CommitUnit[]): number[] => units.map(({ partition }) => partition);
  const commit = createGroupCommit({
    async together(units, onReleased, endsEarly) {
      log.push(`begin ${names(units).join()}`);
      const error = fails(names(units));
      const end = Promise.withResolvers<void>();
      commits.push(end);
      releases.push(onReleased);
      early.push(endsEarly);
      await end.promise;
      if (error) throw error;
      log.push(`end ${names(units).join()}`);
      return units;
    },
    isUrgent: ({ feed }) => feed.batches[0]?.partition === URGENT,
    alone: async ({ partition }) => void log.push(`alone ${partition}`),
    around: async ({ partition }) => void log.push(`around ${partition}`),
  });
  return { log, commits, releases, early, commit, turn: () => new Promise((resolve) => setImmediate(resolve)) };
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

it('what somebody waits for goes before others, in a short transaction, and asks the one under way to end', async () => {
  const { log, commits, early, commit, turn } = grouped();
  const all = [commit(reader(0, 1))];
  await turn();
  expect(early[0]?.()).toBe(false);
  all.push(commit(reader(1, COMMIT_LIMITS.records)), commit(reader(2, 1)));
  expect(early[0]?.()).toBe(false);
  const urgent = commit(reader(URGENT, 3));
  expect(early[0]?.()).toBe(true);
  commits[0]?.resolve();
  await turn();
  expect(log.at(-1)).toBe(`begin ${URGENT},1`);
  expect(early[1]?.()).toBe(false);
  commits[1]?.resolve();
  expect((await urgent).records).toHaveLength(3);
  const [, first] = await Promise.all(all.slice(0, 2));
  expect(first?.records).toHaveLength(URGENT_LIMITS.records - 3);
  commits[2]?.resolve();
  await all[2];
  expect(log.filter((line) => line.startsWith('begin'))).toEqual(['begin 0', `begin ${URGENT},1`, 'begin 2']);
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
