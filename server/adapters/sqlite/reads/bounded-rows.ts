/** Pages that end by rows or by bytes, whichever comes first: texts from outside are up to 20,000 characters long each. */
const encoder = new TextEncoder();

/** Size of a value as JSON in UTF-8, which is what an answer carries. */
export function jsonBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** The first rows that fit into `bytes` together, and always one: a page without rows would lead nowhere. */
export function withinBytes<Row>(rows: readonly Row[], bytes: number, of: (row: Row) => unknown): readonly Row[] {
  let left = bytes;
  let end = 0;
  for (; end < rows.length; end++) {
    left -= jsonBytes(of(rows[end] as Row));
    if (left < 0 && end > 0) break;
  }
  return rows.slice(0, end);
}
