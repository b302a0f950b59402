/** Who shares a run with whom, and which outcome each gets. */
import { expect, it } from 'vitest';
import { createGroupQueue, type GroupRun } from '../../../../server/pipeline/ports/group-queue.ts';

interface Run {
  readonly run: GroupRun<string>;
  readonly end: PromiseWithResolvers<readonly (string | Promise<string>)[]>;
}

/** A queue whose runs the test ends; each takes all who wait, unless `takes` is false. */
function pausedQueue(takes = true) {
  const runs: Run[] = [];
  const groups: (readonly string[])[] = [];
  const ask = createGroupQueue<string, string>((run) => {
    const end = Promise.withResolvers<readonly (string | Promise<string>)[]>();
    runs.push({ run, end });
    if (takes) groups.push(run.take(run.waiting.length));
    return end.promise;
  });
  const at = (n: number): Run => runs[n] as Run;
  return { ask, at, groups, runs };
}
/** Until everything that can go on without an answer has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('an item that comes alone is worked on at once; those that come meanwhile share the next run', async () => {
  const { ask, at, groups } = pausedQueue();
  const all = [ask('a'), ask('b'), ask('c')];
  expect(groups).toEqual([['a']]);
  at(0).end.resolve(['A']);
  await settled();
  expect(groups).toEqual([['a'], ['b', 'c']]);
  at(1).end.resolve(['B', 'C']);
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C']);
});

it('a run that releases the queue lets the next one begin before its own end', async () => {
  const { ask, at, groups } = pausedQueue();
  const all = [ask('a'), ask('b')];
  at(0).run.release();
  await settled();
  expect(groups).toEqual([['a'], ['b']]);
  all.push(ask('c'));
  at(1).end.resolve(['B']);
  await settled();
  expect(groups).toEqual([['a'], ['b'], ['c']]);
  at(2).end.resolve(['C']);
  at(0).end.resolve(['A']);
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C']);
});

it('who comes before a run takes its items joins it; who is left over begins the next one', async () => {
  const { ask, at } = pausedQueue(false);
  const all = [ask('a'), ask('b'), ask('c')];
  expect(at(0).run.waiting).toEqual(['a', 'b', 'c']);
  expect(at(0).run.take(2)).toEqual(['a', 'b']);
  expect(at(0).run.waiting).toEqual(['c']);
  at(0).end.resolve(['A', 'B']);
  await settled();
  expect(at(1).run.take(1)).toEqual(['c']);
  at(1).end.resolve(['C']);
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C']);
});

it('a run that fails fails its own items and no other; the queue goes on', async () => {
  const { ask, at } = pausedQueue();
  const first = ask('a');
  const second = ask('b');
  at(0).end.reject(new Error('planted'));
  await expect(first).rejects.toThrow('planted');
  await settled();
  at(1).end.resolve(['B']);
  expect(await second).toBe('B');
});

it('a run that fails before it took anybody fails everybody who waits, instead of for ever trying again', async () => {
  const { ask, at, runs } = pausedQueue(false);
  const all = Promise.allSettled([ask('a'), ask('b')]);
  at(0).end.reject(new Error('not even begun'));
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await settled();
  expect(runs).toHaveLength(1);
});

it('one item of a run may fail alone', async () => {
  const { ask, at } = pausedQueue();
  const first = ask('a');
  const rest = Promise.allSettled([ask('b'), ask('c')]);
  at(0).end.resolve(['A']);
  await first;
  await settled();
  const failed = Promise.reject<string>(new Error('only b'));
  failed.catch(() => undefined);
  at(1).end.resolve([failed, 'C']);
  expect(await rest).toMatchObject([{ status: 'rejected', reason: { message: 'only b' } }, { value: 'C' }]);
});

it.each([[[]], [['A', 'too many']]])('a run whose outcomes are not its items’ fails them: %j', async (outcomes) => {
  const { ask, at } = pausedQueue();
  const first = ask('a');
  at(0).end.resolve(outcomes);
  await expect(first).rejects.toThrow('a run of 1 items');
});
