/**
 * Pages of long lists. A page begins behind a place: the sort value and the tie-breaker of the last row before it, so
 * that a page costs what it holds, wherever it begins, and rows that come or go meanwhile shift nothing.
 */
export type Place = readonly [value: number, tie: number];

export interface PageQuery {
  readonly limit: number;
  /** null = from the beginning. */
  readonly after: Place | null;
}
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** How many rows the list has in all. */
  readonly total: number;
  /** Where the next page begins; null when this is the last one. */
  readonly next: Place | null;
}

/** A place as the cursor callers hand back. */
export function cursorOf(place: Place | null): string | null {
  return place === null ? null : `${place[0]}.${place[1]}`;
}

/** The place a cursor names; undefined for anything this server cannot have written. */
export function placeOf(cursor: string): Place | undefined {
  const [, value, tie] = /^(-?\d{1,16})\.(\d{1,16})$/.exec(cursor) ?? [];
  const place = [Number(value), Number(tie)] as const;
  return place.every(Number.isSafeInteger) ? place : undefined;
}
