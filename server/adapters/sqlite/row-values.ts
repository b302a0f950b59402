/** Values of a row by column, checked instead of believed: the schema is strict, so another type is a bug of the query. */
type AnyRow = Readonly<Record<string, unknown>>;

export function textIn(row: AnyRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`column ${column} holds no text`);
  return value;
}

export function textOrNullIn(row: AnyRow, column: string): string | null {
  return row[column] === null ? null : textIn(row, column);
}

export function numberIn(row: AnyRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`column ${column} holds no number`);
  return value;
}

export function numberOrNullIn(row: AnyRow, column: string): number | null {
  return row[column] === null ? null : numberIn(row, column);
}

export function bytesIn(row: AnyRow, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new Error(`column ${column} holds no bytes`);
  return value;
}
