/** What `verify` counts with: two ledgers that sum to the same are equal, and each kind of mistake is found. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openComparison } from '../../../../../server/adapters/duckdb/offline/comparison.ts';
import { bucketOf, BUCKETS, type Differing } from '../../../../../server/adapters/duckdb/offline/fingerprint.ts';
import { openStaging, type Staging } from '../../../../../server/adapters/duckdb/offline/staging.ts';
import { familyNames } from '../../../../../server/domain/ledger/registry.ts';
import type { LedgerRow } from '../../../../../server/domain/ledger/row.ts';
import { salesRow } from '../../../../contracts/ledger/samples.ts';

let folder: string;
let staging: Staging;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'warroom-comparison-'));
  staging = await openStaging(folder);
});
afterEach(async () => {
  await staging.close();
  rmSync(folder, { recursive: true, force: true });
});

const everywhere: Differing = new Map(familyNames.map((family) => [family, new Set(Array.from({ length: BUCKETS }, (_, i) => i))]));

async function compared(stored: readonly LedgerRow[], recounted: readonly LedgerRow[], only = everywhere) {
  const comparison = await openComparison(staging, only);
  for (const row of stored) comparison.add('stored', row);
  for (const row of recounted) comparison.add('recounted', row);
  return comparison.result(3);
}

const paid = (entity: string, amount: number, over: object = {}) =>
  salesRow({ entity, paid: amount, orders: 1, since: 5, received: 9, ...over });
const right = [paid('a', 100), paid('b', 200), paid('c', 300, { channel: null })];

describe('comparing a ledger with a recount', () => {
  it('equals where the sums are equal, whatever the order and the number of rows', async () => {
    const { families, differences } = await compared(right, [
      paid('c', 300, { channel: null }),
      paid('b', 150),
      paid('a', 100),
      paid('b', 50, { orders: 0 }),
    ]);
    expect(differences).toEqual([]);
    expect(families.find(({ family }) => family === 'sales')).toEqual({ family: 'sales', compared: 3, different: 0 });
  });

  it.each<[string, readonly LedgerRow[], number]>([
    ['forgotten', right.slice(1), 1],
    ['doubled', [...right, paid('b', 200)], 1],
    ['of the wrong sign', [paid('a', -100), ...right.slice(1)], 1],
    ['of the wrong since', [paid('a', 100, { since: 6 }), ...right.slice(1)], 2],
    ['of the wrong receipt', [paid('a', 100, { received: 10 }), ...right.slice(1)], 2],
    ['of another entity', [paid('d', 100), ...right.slice(1)], 2],
  ])('finds a row %s', async (_, stored, different) => {
    const { families, differences } = await compared(stored, right);
    expect(families.find(({ family }) => family === 'sales')?.different).toBe(different);
    expect(differences).toHaveLength(different);
  });

  it('leaves out rows of other buckets', async () => {
    const only = new Map([['sales', new Set([bucketOf(paid('a', 100))])] as const]);
    const { families, differences } = await compared([paid('b', 1)], right, only);
    expect(differences.map(({ entity }) => entity)).toEqual(['a']);
    expect(families.find(({ family }) => family === 'sales')).toEqual({ family: 'sales', compared: 1, different: 1 });
  });

  it('says what either side has, exactly', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const { differences } = await compared([paid('a', most), paid('a', most, { orders: 0 })], [paid('a', most)]);
    expect(differences).toMatchObject([
      {
        entity: 'a',
        since: 5,
        received: 9,
        stored: [BigInt(most) * 2n, 0, 0, 1, 1, 1, 1, 0, 0, 0],
        recounted: [most, 0, 0, 1, 1, 1, 1, 0, 0, 0],
      },
    ]);
  });
});
