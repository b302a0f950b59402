/**
 * Which element of the document shows which row of a long list. To make the elements of a row takes the browser longer than to
 * write other words into them, and those thrown away are swept up later, in the middle of a frame: rows that come in sight while
 * a list scrolls take the elements of rows that have gone. Pure.
 */
export interface Placed {
  readonly slot: number;
  /** Of the row among those in sight. */
  readonly index: number;
}

export interface RowSlots {
  /**
   * Takes the keys of the rows in sight, in order, and answers their slots as they shall follow each other in the document: the
   * last `ordered` rows at its end and in their order, the others before them as they followed each other before, since an element
   * that is moved in the document is laid out anew. Without `reuse` a row that comes gets a slot of its own, and all rows stand in
   * their order.
   */
  readonly place: (keys: readonly string[], how: { readonly reuse: boolean; readonly ordered: number }) => readonly Placed[];
}

export function createRowSlots(): RowSlots {
  let slotOf: ReadonlyMap<string, number> = new Map();
  let inDocument: readonly number[] = [];
  let made = 0;
  return {
    place: (keys, { reuse, ordered }) => {
      const before = slotOf;
      const now = new Map<string, number>();
      const placeOf = new Map<number, Placed>();
      const stays = new Set<number>();
      for (const key of keys) {
        const slot = before.get(key);
        if (slot !== undefined) stays.add(slot);
      }
      const free = reuse ? inDocument.filter((slot) => !stays.has(slot)) : [];
      let taken = 0;
      const placed = keys.map((key, index): Placed => {
        const slot = before.get(key) ?? free[taken++] ?? (made += 1);
        const one = { slot, index };
        now.set(key, slot);
        placeOf.set(slot, one);
        return one;
      });
      const from = reuse ? Math.max(0, placed.length - ordered) : 0;
      const had = inDocument.flatMap((slot) => placeOf.get(slot) ?? []);
      const held = new Set(had);
      const asBefore = [...had, ...placed.filter((one) => !held.has(one))].filter(({ index }) => index < from);
      const order = [...asBefore, ...placed.slice(from)];
      slotOf = now;
      inDocument = order.map(({ slot }) => slot);
      return order;
    },
  };
}
