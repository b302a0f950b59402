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
   * Takes the keys of the rows in sight, in order, and answers their slots as they shall follow each other in the document: in the
   * order of the rows, or, while the list is `moving`, as they followed each other before, since an element that is moved in the
   * document is laid out anew. Without `reuse` a row that comes gets a slot of its own.
   */
  readonly place: (keys: readonly string[], how: { readonly reuse: boolean; readonly moving: boolean }) => readonly Placed[];
}

export function createRowSlots(): RowSlots {
  let slotOf: ReadonlyMap<string, number> = new Map();
  let inDocument: readonly number[] = [];
  let made = 0;
  return {
    place: (keys, { reuse, moving }) => {
      const stay = new Map(keys.flatMap((key) => (slotOf.has(key) ? [[key, slotOf.get(key) ?? 0] as const] : [])));
      const taken = new Set(stay.values());
      const free = reuse ? inDocument.filter((slot) => !taken.has(slot)) : [];
      const placed = keys.map((key, index): Placed => ({ slot: stay.get(key) ?? free.shift() ?? (made += 1), index }));
      slotOf = new Map(keys.map((key, i) => [key, placed[i]?.slot ?? 0]));
      const known = new Map(inDocument.map((slot, i) => [slot, i]));
      const order =
        moving && reuse
          ? placed.toSorted((a, b) => (known.get(a.slot) ?? Infinity) - (known.get(b.slot) ?? Infinity) || a.index - b.index)
          : placed;
      inDocument = order.map(({ slot }) => slot);
      return order;
    },
  };
}
