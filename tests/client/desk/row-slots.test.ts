import { describe, expect, it } from 'vitest';
import { createRowSlots, type Placed } from '../../../client/desk/row-slots.ts';
import { seededRandom } from '../../helpers/random.ts';
import { testSeed } from '../../helpers/seed.ts';

const scrolling = { reuse: true, ordered: 0 };
const resting = { reuse: true, ordered: Infinity };
/** The slot of each row, in the order of the rows. */
const slots = (placed: readonly Placed[]) => placed.toSorted((a, b) => a.index - b.index).map(({ slot }) => slot);

/** The elements that React moves: it leaves each one that stood behind all those before it. */
function movedByReact(before: readonly number[], after: readonly number[]): number {
  let [last, moved] = [-1, 0];
  for (const slot of after) {
    const place = before.indexOf(slot);
    if (place < last) moved += 1;
    else last = place;
  }
  return moved;
}

describe('slots of rows', () => {
  it('go from rows that leave to rows that come, and no element is moved in the document meanwhile', () => {
    const rows = createRowSlots();
    const [a, b, c] = slots(rows.place(['a', 'b', 'c'], resting));
    const placed = rows.place(['c', 'd', 'e'], scrolling);
    expect(slots(placed)).toEqual([c, a, b]);
    expect(placed.map(({ slot }) => slot)).toEqual([a, b, c]);
    expect(rows.place(['c', 'd', 'e'], resting).map(({ slot }) => slot)).toEqual([c, a, b]);
  });

  it('are not taken over while somebody stands in a row', () => {
    const rows = createRowSlots();
    const [a, b] = slots(rows.place(['a', 'b'], resting));
    const placed = rows.place(['b', 'c'], { reuse: false, ordered: 0 });
    const [first, second] = placed.map(({ slot }) => slot);
    expect(first).toBe(b);
    expect([a, b]).not.toContain(second);
  });

  it('come to stand in the order of their rows a few at a time, from the last row on, each moved once at most', () => {
    const random = seededRandom(testSeed('row slots put in order'));
    const rows = createRowSlots();
    const keysFrom = (from: number) => Array.from({ length: 20 }, (_, i) => `r${String(from + i)}`);
    rows.place(keysFrom(0), resting);
    let at = 0;
    for (let turn = 0; turn < 40; turn += 1) {
      for (let scrolls = 0; scrolls < 5; scrolls += 1) rows.place(keysFrom((at += random.below(15))), scrolling);
      let before = rows.place(keysFrom(at), scrolling).map(({ slot }) => slot);
      for (let ordered = 3; ordered < 23; ordered += 3) {
        const placed = rows.place(keysFrom(at), { reuse: true, ordered });
        const after = placed.map(({ slot }) => slot);
        expect(placed.slice(-ordered).map(({ index }) => index)).toEqual(
          keysFrom(at)
            .map((_, i) => i)
            .slice(-ordered),
        );
        expect(movedByReact(before, after)).toBeLessThanOrEqual(3);
        before = after;
      }
    }
  });

  it('are one for each row, whatever comes and goes', () => {
    const random = seededRandom(testSeed('row slots'));
    const rows = createRowSlots();
    let most = 0;
    let before = new Map<string, number>();
    for (let step = 0; step < 500; step += 1) {
      const from = random.below(50);
      const keys = random.shuffle(Array.from({ length: 5 + random.below(10) }, (_, i) => `r${String(from + i)}`));
      const ordered = random.pick([0, 3, Infinity]);
      const placed = rows.place(keys, { reuse: true, ordered });
      expect(placed.map(({ index }) => index).toSorted((x, y) => x - y)).toEqual(keys.map((_, i) => i));
      if (ordered > 0) expect(placed.map(({ index }) => index).slice(-ordered)).toEqual(keys.map((_, i) => i).slice(-ordered));
      const now = new Map(keys.map((key, i) => [key, slots(placed)[i] ?? 0]));
      expect(new Set(now.values()).size).toBe(keys.length);
      for (const [key, slot] of now) if (before.has(key)) expect(slot).toBe(before.get(key));
      // What a row left is taken before another element is made.
      const made = [...now.values()].filter((slot) => ![...before.values()].includes(slot)).length;
      expect(made).toBe(Math.max(0, keys.length - before.size));
      most = Math.max(most, keys.length);
      before = now;
    }
    expect(most).toBeGreaterThan(10);
  });
});
