/** Fingerprints of a ledger's file and of rows at hand: the same for the same sums, and another one for each kind of mistake. Set SEED to run one seed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../../server/adapters/duckdb/engine/database.ts';
import {
  addFingerprint,
  addRow,
  bucketOf,
  differing,
  emptyFingerprint,
  fingerprintOfFile,
  type Fingerprint,
} from '../../../../../server/adapters/duckdb/offline/fingerprint.ts';
import { openStaging, type Staging } from '../../../../../server/adapters/duckdb/offline/staging.ts';
import { families, familyNames } from '../../../../../server/domain/ledger/registry.ts';
import type { LedgerRow } from '../../../../../server/domain/ledger/row.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import { salesRow } from '../../../../contracts/ledger/samples.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);

let folder: string;
let staging: Staging;
let files = 0;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'warroom-fingerprint-'));
  staging = await openStaging(folder);
});
afterEach(async () => {
  await staging.close();
  rmSync(folder, { recursive: true, force: true });
});

async function stored(rows: readonly LedgerRow[]) {
  const file = path.join(folder, `ledger-${String(files++)}.duckdb`);
  const database = await openDatabase(file, { memoryMb: 64, threads: 1, tempMb: 64 }, createCalendar('UTC'));
  await database.create({ storeId: 's', format: 'f' });
  await database.append(
    rows.map((row, ordinal) => ({ row, position: 7, ordinal })),
    7,
  );
  await database.close();
  return fingerprintOfFile(staging, file);
}

function printOf(rows: readonly LedgerRow[]): Fingerprint {
  const print = emptyFingerprint();
  for (const row of rows) addRow(print, row);
  return print;
}

const dim = fc.oneof(
  fc.constant(null),
  fc.constant(''),
  fc.constantFrom('=', '天猫', 'a', '\u0001', "O'Neil", '🙂'),
  fc.string().map((text) => text.replaceAll('\0', '')),
);
const measure = fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger());
const instant = fc.integer({ min: -1e12, max: 4e12 });
const anyRow: fc.Arbitrary<LedgerRow> = fc.constantFrom(...familyNames).chain((family) => {
  const { dims, measures } = families[family];
  return fc.record({
    family: fc.constant(family),
    kind: fc.constantFrom('order', 'customer'),
    entity: fc.constantFrom('/shop A', '/shop B', '/店 丙'),
    at: instant,
    since: instant,
    received: instant,
    cause: fc.constantFrom('new', 'late'),
    dims: fc.tuple(...dims.map(() => dim)),
    measures: fc.tuple(...measures.map(() => measure)),
  });
});

describe('the fingerprint of a ledger', () => {
  it('is the same of a file as of the rows that were written to it, in whatever order and by whatever hands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 60 }), async (rows) => {
        const { print, position } = await stored(rows);
        expect(position).toBe(7);
        const [some, others] = [printOf(rows.slice(0, 20).reverse()), printOf(rows.slice(20))];
        addFingerprint(some, others);
        expect([...differing(print, some)]).toEqual([]);
      }),
      { seed: SEED, numRuns: 15 },
    );
  });

  const paid = (entity: string, amount: number, over: object = {}) =>
    salesRow({ entity, paid: amount, orders: 1, since: 5, received: 9, ...over });
  const most = Number.MAX_SAFE_INTEGER;
  const right = [paid('a', 100), paid('b', 200), paid('c', most, { channel: null })];

  it('is that of the sums, whatever rows they are made of', async () => {
    const { print, sums } = await stored([
      paid('b', 150),
      ...right.slice(2),
      paid('a', 100),
      paid('b', 50, { orders: 0 }),
      paid('d', 3),
      paid('d', -3, { orders: -1 }),
    ]);
    expect([...differing(print, printOf(right))]).toEqual([]);
    expect(sums.get('sales')?.reduce((sum, n) => sum + n, 0)).toBe(3);
    expect(sums.get('spend')?.reduce((sum, n) => sum + n, 0)).toBe(0);
  });

  it.each<[string, readonly LedgerRow[]]>([
    ['forgotten', right.slice(1)],
    ['doubled', [...right, paid('b', 200)]],
    ['of the wrong sign', [paid('a', -100, { orders: -1 }), ...right.slice(1)]],
    ['of another amount', [...right.slice(0, 2), paid('c', most - 1, { channel: null })]],
    ['of amounts that differ by either prime', [paid('a', 100 + 16_777_213), paid('b', 200 + 16_777_199), ...right.slice(2)]],
    [
      'whose amount stands with another measure',
      [salesRow({ entity: 'a', refunded: 100, orders: 1, since: 5, received: 9 }), ...right.slice(1)],
    ],
    ['of the wrong instant', [paid('a', 100, { at: 1 }), ...right.slice(1)]],
    ['of the wrong since', [paid('a', 100, { since: 6 }), ...right.slice(1)]],
    ['of the wrong receipt', [paid('a', 100, { received: 10 }), ...right.slice(1)]],
    ['of another entity', [paid('d', 100), ...right.slice(1)]],
    ['of another kind', [paid('a', 100, { kind: 'refund' }), ...right.slice(1)]],
    ['whose missing value is an empty one', [...right.slice(0, 2), paid('c', most, { channel: '' })]],
    ['whose values stand in each other’s place', [paid('a', 100, { channel: 'east', region: 'tmall' }), ...right.slice(1)]],
    ['whose amounts stand in each other’s place', [paid('a', 200), paid('b', 100), ...right.slice(2)]],
  ])('is another one with a row %s, in the buckets of the rows it is about', async (_, rows) => {
    const different = differing((await stored(rows)).print, printOf(right));
    expect([...different.keys()]).toEqual(['sales']);
    const texts = new Set(right.map((row) => JSON.stringify(row)));
    const wrong = rows.filter((row) => !texts.delete(JSON.stringify(row)));
    const about = [...wrong, ...right.filter((row) => texts.has(JSON.stringify(row)))];
    expect(different.get('sales')).toEqual(new Set(about.map(bucketOf)));
  });
});
