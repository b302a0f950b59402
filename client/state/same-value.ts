/** Whether two values from the wire say the same. A value that says the same keeps its place, so that nothing is drawn anew for it. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length || Array.isArray(a) !== Array.isArray(b)) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameValue(Reflect.get(a, key), Reflect.get(b, key)));
}

/** Rows that came anew, those that say the same as a known one being that object. */
export function heldRows<Row>(known: ReadonlyMap<string, Row>, now: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  return now.map((row) => {
    const held = known.get(keyOf(row));
    return held !== undefined && sameValue(held, row) ? held : row;
  });
}

/** The same for a whole list, which is the list of before where none of its rows has changed. */
export function keptRows<Row>(before: readonly Row[], now: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  const rows = heldRows(new Map(before.map((row) => [keyOf(row), row])), now, keyOf);
  return rows.length === before.length && rows.every((row, i) => row === before[i]) ? before : rows;
}
