/** Questions that are too heavy fail by themselves, with a clear code, and the next one is answered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DuckLedger } from '../../../server/adapters/duckdb/client/create-ledger.ts';
import { openLedger, statusWhere } from '../../helpers/duck-ledger.ts';
import { openThreadlessStore, removeStore, type ThreadlessStore } from '../../helpers/threadless-store.ts';
import { distinctOf, salesRow, sumsOf } from './samples.ts';

const ROWS = 60_000;
let store: ThreadlessStore;

beforeAll(async () => {
  store = openThreadlessStore({ now: () => 1_000_000, timeZone: 'UTC' });
  // These rows have no facts: the file must be there before them, or it would be written from none.
  const first = openLedger(store.folder);
  await statusWhere(first, ({ state }) => state === 'ready');
  for (let from = 0; from < ROWS; from += 10_000) {
    const rows = Array.from({ length: 10_000 }, (_, i) => {
      const n = from + i;
      const name = `a buyer with a name that needs its own room ${n}`;
      return salesRow({ entity: `an order with a key that needs its own room ${n}`, day: n % 700, buyer: name, orders: 1, paid: n });
    });
    first.advance(await store.write((tx) => tx.appendLedger(rows)));
  }
  await statusWhere(first, ({ state, position }) => state === 'ready' && position === ROWS / 10_000);
  await first.stop();
});
afterAll(async () => {
  await store.close();
  removeStore(store);
});

async function withLimits(limits: { memoryMb?: number; tempMb?: number; questionMs?: number; waitMs?: number }): Promise<DuckLedger> {
  const ledger = openLedger(store.folder, { limits });
  await statusWhere(ledger, ({ state, position }) => state === 'ready' && position === ROWS / 10_000);
  return ledger;
}

const heavy = distinctOf({ by: ['region', 'category', 'buyer'], of: 'entity', measure: 'paid' });

test('a question that takes too long is interrupted', async () => {
  const short = await withLimits({ questionMs: 5 });
  const asked = Array.from({ length: 30 }, (_, i) => short.ask([{ ...heavy, to: 1_000 + i }]));
  const failures = (await Promise.allSettled(asked)).flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures) expect(failure).toMatchObject({ name: 'Unavailable', code: 'ledger_timeout' });
  await short.stop();
});

test('a question that needs too much memory fails, and the next is answered', async () => {
  const small = await withLimits({ memoryMb: 14, tempMb: 1 });
  const pid = small.pid();
  await expect(small.ask([heavy])).rejects.toMatchObject({ name: 'Unavailable', code: 'ledger_memory' });
  expect((await small.ask([sumsOf()]))[0][0]?.measures[0]).toBe(((ROWS - 1) * ROWS) / 2);
  expect(small.pid()).toBe(pid);
  await small.stop();
});

test('a question about a commit whose rows do not come waits for a bounded time', async () => {
  const waiting = await withLimits({ waitMs: 50 });
  waiting.advance(1_000);
  await expect(waiting.ask([sumsOf()])).rejects.toMatchObject({ name: 'Unavailable', code: 'ledger_behind' });
  expect(waiting.status()).toMatchObject({ state: 'catching_up', position: 6, head: 1_000 });
  await waiting.stop();
});

test('[I1] the file can be asked for its size, and is there after a stop', async () => {
  const first = await withLimits({});
  expect(first.status().bytes).toBeGreaterThan(100_000);
  await first.stop();
  const again = openLedger(store.folder);
  const { state } = await statusWhere(again, (status) => status.state === 'rebuilding' || status.state === 'ready');
  expect(state).toBe('ready');
  await again.stop();
});
