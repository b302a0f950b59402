import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../../../server/adapters/duckdb/engine/engine.ts';
import { openDatabase } from '../../../../../server/adapters/duckdb/engine/database.ts';
import { dayGaps } from '../../../../../server/adapters/duckdb/engine/day-gaps.ts';
import { standOf } from '../../../../../server/adapters/duckdb/engine/gap-keeper.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import type { LedgerBlock, LedgerSource } from '../../../../../server/pipeline/ports/ledger-source.ts';
import { distinctOf, salesRow, sumsOf } from '../../../../contracts/ledger/samples.ts';

const ROWS_A_BLOCK = 1_000;
const BLOCKS = 40;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'ledger-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const backlog: readonly LedgerBlock[] = Array.from({ length: BLOCKS }, (_, block) => ({
  position: block + 1,
  rows: Array.from({ length: ROWS_A_BLOCK }, (_row, i) =>
    salesRow({ entity: `order ${block} ${i}`, buyer: `buyer ${i}`, day: block, paid: 1, orders: 1 }),
  ),
}));

/** A store without facts and with so many blocks that they are read in several goes; `reading` hears of each, and behind which block it begins. */
function sourceOf(reading: (times: number, after: number) => void): LedgerSource {
  let times = 0;
  return {
    storeId: 's',
    createdAt: 0,
    timeZone: 'UTC',
    bounds: () => ({ oldest: 1, newest: BLOCKS }),
    blocks(after, maxRows) {
      reading(++times, after);
      return backlog.slice(after, after + Math.ceil(maxRows / ROWS_A_BLOCK));
    },
    snapshot: () => ({ position: 0, total: 0, thresholds: [], entities: () => [], facts: () => [], close: () => undefined }),
    close: () => undefined,
  };
}

interface Opened {
  readonly engine: Engine;
  /** Every position that was told of, once, in order. */
  readonly positions: readonly number[];
  /** Resolves when every block is moved. */
  readonly ready: Promise<void>;
  /** Resolves when it is said that counts are made ahead. */
  readonly made: Promise<void>;
}

function open(reading: (engine: Engine, times: number, after: number) => void = () => undefined): Opened {
  const settings = { source: '', file: path.join(folder, 'ledger.duckdb'), memoryMb: 192, threads: 2, tempMb: 1_000, waitMs: 10_000 };
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const { promise: made, resolve: isMade } = Promise.withResolvers<void>();
  const positions: number[] = [];
  const engine: Engine = createEngine({
    source: sourceOf((times, after) => reading(engine, times, after)),
    settings: { ...settings, questionMs: 15_000, fresh: false },
    priority: { low: () => undefined, normal: () => undefined },
    calmMs: 0,
    onStatus({ state, position }) {
      if (positions.at(-1) !== position) positions.push(position);
      if (state === 'ready' && position === BLOCKS) resolve();
    },
    log: (_, message) => message === 'the tables of day gaps are made' && isMade(),
  });
  return { engine, positions, ready, made };
}

const paid = (engine: Engine, position: number) => engine.answer({ kind: 'ask', questions: [sumsOf()] }, position);
const everyRow = { kind: 'ask', answers: [[expect.objectContaining({ measures: expect.arrayContaining([BLOCKS * ROWS_A_BLOCK]) })]] };

it('[I1] moves a backlog in one transaction while nobody asks', async () => {
  const { engine, positions, ready } = open();
  const run = engine.run();
  await ready;
  expect(positions).toEqual([0, BLOCKS]);
  expect(await paid(engine, BLOCKS)).toEqual(everyRow);
  engine.stop();
  await run;
});

it('[I1] stopped while a transaction waits for more rows, it begins again behind what was committed', async () => {
  const first = open((engine, times) => times === 3 && engine.stop());
  await first.engine.run();
  expect(first.positions).toEqual([0]);
  const read: number[] = [];
  const again = open((_engine, _times, after) => read.push(after));
  const run = again.engine.run();
  await again.ready;
  expect(read[0]).toBe(0);
  expect(await paid(again.engine, BLOCKS)).toEqual(everyRow);
  again.engine.stop();
  await run;
});

it('a question need not wait for the end of the backlog', async () => {
  const asked = Promise.withResolvers<unknown>();
  const { engine, positions, ready } = open((opened, times) => times === 2 && asked.resolve(paid(opened, 12)));
  const run = engine.run();
  expect(await asked.promise).toMatchObject({ kind: 'ask' });
  expect(positions.length).toBe(2);
  expect(positions.at(-1)).toBeLessThan(BLOCKS);
  await ready;
  expect(await paid(engine, BLOCKS)).toEqual(everyRow);
  engine.stop();
  await run;
});

it('[R10] makes the tables of day gaps when every block is moved, and answers from them what the rows say', async () => {
  const { engine, made } = open();
  const run = engine.run();
  await made;
  const several = distinctOf({ of: 'customer', measure: 'orders', from: 3, to: 5 });
  const counts = { dims: [], count: ROWS_A_BLOCK, onSeveralDays: ROWS_A_BLOCK };
  expect(await engine.answer({ kind: 'ask', questions: [several] }, BLOCKS)).toEqual({ kind: 'ask', answers: [[counts]] });
  engine.stop();
  await run;
  const database = await openDatabase(path.join(folder, 'ledger.duckdb'), { memoryMb: 64, threads: 1, tempMb: 64 }, createCalendar('UTC'));
  const stands = await database.writing((reads) => Promise.all(dayGaps.map((gaps) => standOf(gaps, reads))));
  await database.close();
  expect(stands).toEqual(dayGaps.map(() => BLOCKS));
});
