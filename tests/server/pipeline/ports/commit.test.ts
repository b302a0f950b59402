/** A change, its line in the change log and its push signal belong together. */
import { beforeEach, expect, it } from 'vitest';
import { createCommit, type AppendedRows, type Commit } from '../../../../server/pipeline/ports/commit.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { StoreTx, Touched } from '../../../../server/pipeline/ports/transaction.ts';
import { salesRow } from '../../../contracts/store/ledger-cases.ts';
import { openMemoryStore, type MemoryStore } from '../../../helpers/memory-store.ts';

const NOW = 1_795_409_096_000;
let store: MemoryStore;
let signals: { readonly touched: readonly Touched[]; readonly at: number }[];
let clock: { now: () => number; monotonic: () => number };
let commit: Commit;
beforeEach(() => {
  store = openMemoryStore(() => NOW);
  signals = [];
  clock = { now: () => NOW, monotonic: () => 0 };
  commit = createCommit(store, clock, (touched, at) => signals.push({ touched, at }));
});
const log = (): unknown[] => store.db.prepare('select touched, at from change_log order by number').all();
const gap = { topic: 'leads', partition: 2, expected: 7, oldest: 70, cause: 'lost' as const, logId: null, at: 5 };

it('[I1] what was touched is one line of the change log and one signal, each part once, with the time of the transaction', async () => {
  const answer = await commit(async (tx, touch, at) => {
    touch('leads');
    await tx.putGap({ ...gap, at });
    clock.now = () => NOW + 60_000;
    touch('sources', 'leads');
    expect([log(), signals]).toEqual([[], []]);
    return at;
  });
  expect(answer).toBe(NOW);
  expect(signals).toEqual([{ touched: ['leads', 'sources'], at: NOW }]);
  expect(log()).toEqual([{ touched: '["leads","sources"]', at: NOW }]);
});

it('a transaction that touches nothing writes no line and sends no signal', async () => {
  expect(await commit(async (tx) => (await tx.raiseEpoch('leads', 2)).epoch)).toBe(1);
  expect([log(), signals]).toEqual([[], []]);
});

it('[I1] a transaction that fails leaves neither, whatever it had touched', async () => {
  const failing = commit(async (tx, touch) => {
    touch('content');
    await tx.putGap(gap);
    throw new TypeError('planted');
  });
  await expect(failing).rejects.toThrow('planted');
  expect([log(), signals]).toEqual([[], []]);
});

it('[I1] rows appended to the ledger are told with the position of their block, once they are committed', async () => {
  const told: (AppendedRows | undefined)[] = [];
  const appending = createCommit(store, clock, (_touched, _at, ledger) => told.push(ledger));
  const [one, two, three] = [salesRow('1', 1), salesRow('2', 2), salesRow('3', 3)];
  await appending(async (_tx, touch, _at, append) => {
    touch('sales');
    await append([one, two]);
    await append([]);
    await append([three]);
    expect(told).toEqual([]);
  });
  await expect(
    appending(async (_tx, _touch, _at, append) => {
      await append([one]);
      throw new TypeError('planted');
    }),
  ).rejects.toThrow('planted');
  await appending(async (_tx, touch, _at, append) => {
    touch('sales');
    await append([]);
  });
  await appending(async (_tx, _touch, _at, append) => append([two]));
  expect(told).toEqual([{ position: 1, rows: [one, two, three] }, undefined, { position: 2, rows: [two] }]);
});

it('[I1] nothing is signalled when the store fails at the commit', async () => {
  const lost = createCommit(
    {
      async write(work) {
        await store.write<unknown>(async (tx: StoreTx) => work(tx));
        throw new Unavailable('disk_full', 'no space');
      },
    },
    clock,
    (touched, at) => signals.push({ touched, at }),
  );
  await expect(lost(async (_, touch) => touch('targets'))).rejects.toBeInstanceOf(Unavailable);
  expect(signals).toEqual([]);
});
