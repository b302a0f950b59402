import { describe, expect, it } from 'vitest';
import { listChange, withListChange, type ListChange } from '../../../shared/wire/list-change.ts';
import { seededRandom } from '../../helpers/random.ts';
import { testSeed } from '../../helpers/seed.ts';

interface Row {
  readonly id: string;
  readonly count: number;
  readonly marks: readonly string[];
}
interface Page {
  readonly rows: readonly Row[];
  readonly total: number;
}
const shape = { list: 'rows', key: 'id' };
const row = (id: string, count = 0): Row => ({ id, count, marks: [id] });
const page = (...rows: readonly Row[]): Page => ({ rows, total: rows.length });
const sent = (change: ListChange): ListChange => JSON.parse(JSON.stringify(change)) as ListChange;

describe('[S1] a list on its way', () => {
  it('is told by the rows that changed, and by their order where that changed', () => {
    const before = page(row('a'), row('b'), row('c'));
    expect(listChange(before, page(row('a'), row('b', 1), row('c')), shape)).toEqual({
      ...shape,
      order: null,
      rows: [row('b', 1)],
      rest: { total: 3 },
    });
    expect(listChange(before, page(row('c'), row('a')), shape)).toEqual({ ...shape, order: ['c', 'a'], rows: [], rest: { total: 2 } });
  });

  it('comes to the same list whatever happened to it, and keeps the rows that did not change', () => {
    const random = seededRandom(testSeed('list changes'));
    let held: Page = page(...Array.from({ length: 20 }, (_, i) => row(`r${String(i)}`)));
    let made = 20;
    let whole = 0;
    for (let step = 0; step < 500; step += 1) {
      let rows = held.rows.map((one) => (random.chance(0.2) ? { ...one, count: one.count + 1 } : structuredClone(one)));
      if (random.chance(0.2)) rows = random.shuffle(rows);
      if (random.chance(0.3)) rows = rows.filter(() => random.chance(0.8));
      while (rows.length < 3 || random.chance(0.4)) rows.splice(random.below(rows.length + 1), 0, row(`r${String((made += 1))}`));
      const next = { rows, total: random.below(3) };
      const change = listChange(held, next, shape);
      if (change === null) {
        whole += 1;
        held = next;
        continue;
      }
      const after = withListChange(held, sent(change));
      expect(after).toEqual(next);
      const before = new Map(held.rows.map((one) => [one.id, one]));
      const kept = rows.filter(({ id, count }) => before.get(id)?.count === count);
      const found = after?.['rows'];
      for (const { id } of kept) expect(Array.isArray(found) && found.includes(before.get(id))).toBe(true);
      held = after as unknown as Page;
    }
    expect(whole).toBeLessThan(50);
  });

  it.each([
    ['nothing was sent before', undefined, page(row('a'))],
    ['every row changed', page(row('a'), row('b')), page(row('a', 1), row('b', 1))],
    ['it was empty and is empty', page(), page()],
    ['two rows have one name', page(row('a'), row('b')), page(row('a'), row('a'), row('b'))],
    ['a row has no name', page(row('a'), row('b')), { rows: [row('a'), { count: 1 }], total: 2 }],
    ['the group is no list', 3, 4],
  ])('goes whole where %s', (_why, before, next) => {
    expect(listChange(before, next, shape)).toBeNull();
  });

  const change: ListChange = { ...shape, order: null, rows: [{ ...row('b', 1) }], rest: { total: 2 } };
  it.each([
    ['a row comes that has no place', page(row('a')), change],
    ['a place has no row', page(row('a'), row('b')), { ...change, order: ['a', 'b', 'c'] }],
    ['nothing is held', undefined, change],
    ['something else is held', 7, change],
  ])('does not fit where %s', (_why, held, came) => {
    expect(withListChange(held, came)).toBeNull();
  });
});
