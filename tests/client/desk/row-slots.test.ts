import { describe, expect, it } from 'vitest';
import { createRowSlots, type Placed } from '../../../client/desk/row-slots.ts';
import { seededRandom } from '../../helpers/random.ts';
import { testSeed } from '../../helpers/seed.ts';

const scrolling = { reuse: true, moving: true };
const resting = { reuse: true, moving: false };
/** The slot of each row, in the order of the rows. */
const slots = (placed: readonly Placed[]) => placed.toSorted((a, b) => a.index - b.index).map(({ slot }) => slot);

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
    const placed = rows.place(['b', 'c'], { reuse: false, moving: true });
    const [first, second] = placed.map(({ slot }) => slot);
    expect(first).toBe(b);
    expect([a, b]).not.toContain(second);
  });

  it('are one for each row, whatever comes and goes', () => {
    const random = seededRandom(testSeed('row slots'));
    const rows = createRowSlots();
    let most = 0;
    let before = new Map<string, number>();
    for (let step = 0; step < 500; step += 1) {
      const from = random.below(50);
      const keys = random.shuffle(Array.from({ length: 5 + random.below(10) }, (_, i) => `r${String(from + i)}`));
      const moving = random.chance(0.5);
      const placed = rows.place(keys, { reuse: true, moving });
      expect(placed.map(({ index }) => index).toSorted((x, y) => x - y)).toEqual(keys.map((_, i) => i));
      if (!moving) expect(placed.map(({ index }) => index)).toEqual(keys.map((_, i) => i));
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
