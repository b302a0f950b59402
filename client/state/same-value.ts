/** Whether two values from the wire say the same. A value that says the same keeps its place, so that nothing is drawn anew for it. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isParts(a) || !isParts(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  // Whole lists are compared between two frames, so that no list of names is made for each object.
  let left = 0;
  for (const key in a) {
    const part = b[key];
    if (part === undefined || !sameValue(a[key], part)) return false;
    left += 1;
  }
  for (const _ in b) left -= 1;
  return left === 0;
}

/** What came as JSON has no members but its own, and none that is undefined. */
const isParts = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

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
