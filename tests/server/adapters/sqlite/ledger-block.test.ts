/** Ledger rows as the text of a block: whatever goes in comes out. */
import { expect, it } from 'vitest';
import { decodeRows, encodeRows } from '../../../../server/adapters/sqlite/ledger-block.ts';
import { families, familyNames } from '../../../../server/domain/ledger/registry.ts';
import { causes, type EntityKind, type LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const kinds: readonly EntityKind[] = ['order', 'refund', 'customer', 'mention', 'spend'];
const texts = [null, '', '0', 'true', '咖啡机', 'a "quoted" \\ tab\t and \u2028', '🫖', 'null', 'same'];
const numbers = [0, 1, -1, 129_900, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

function someRow(random: Random): LedgerRow {
  const family = random.pick(familyNames);
  const { dims, measures } = families[family];
  return {
    family,
    kind: random.pick(kinds),
    entity: random.pick(['', '/shop 1', '/shop 2', '客户', `x${random.below(1_000)}`]),
    at: random.pick([0, -1, 1_795_409_096_000 + random.below(1_000)]),
    since: random.pick([0, 1_795_409_096_000 + random.below(1_000)]),
    dims: dims.map(() => random.pick(texts)),
    measures: measures.map(() => random.pick(numbers)),
    received: random.pick([1, 1_795_409_096_000]),
    cause: random.pick(causes),
  };
}

it('[I1] rows of all families, in any order, come back as they were', () => {
  const random = seededRandom(testSeed('ledger block'));
  for (let round = 0; round < 200; round++) {
    const rows = Array.from({ length: random.below(40) }, () => someRow(random));
    expect(decodeRows(encodeRows(rows))).toEqual(rows);
  }
});

it('refuses rows of a family or a cause that it does not know, and a text that is cut short', () => {
  const columns = { kind: ['order', 1], received: [1, 1], entity: ['a'], at: [1], dims: [], measures: [] };
  const decode = (family: string, cause: string, since: readonly number[]) =>
    decodeRows(JSON.stringify({ ...columns, family: [family, 1], cause: [cause, 1], since }));
  expect(decode('spend', 'new', [0])).toHaveLength(1);
  expect(() => decode('weather', 'new', [0])).toThrow('weather');
  expect(() => decode('spend', 'whim', [0])).toThrow('whim');
  expect(() => decode('spend', 'new', [])).toThrow('cut short');
});
