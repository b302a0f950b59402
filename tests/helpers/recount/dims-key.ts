/**
 * Keys of cells' dimensions. The same few hundred combinations come all day long, so each
 * is written once and found again step by step: an event then makes no text at all, and the
 * key it finds carries its hash already.
 */
import type { DimValue } from '../../../server/domain/dim-value.ts';

/** A beginning of a key: so many dimensions are given. */
export interface DimsPrefix {
  /** JSON array of the dimensions so far. */
  readonly key: string;
  readonly next: Map<DimValue, DimsPrefix>;
}

/** Names are input: somebody who makes them up by the million must not fill the memory. */
const MAX_KEPT = 20_000;
let kept = 0;

export const noDims: DimsPrefix = { key: '[]', next: new Map() };

/** The prefix with one dimension more. */
export function withDim(prefix: DimsPrefix, value: DimValue): DimsPrefix {
  return prefix.next.get(value) ?? keep(prefix, value);
}

function keep(prefix: DimsPrefix, value: DimValue): DimsPrefix {
  const before = prefix === noDims ? '[' : `${prefix.key.slice(0, -1)},`;
  const longer: DimsPrefix = { key: `${before}${JSON.stringify(value)}]`, next: new Map() };
  if (++kept > MAX_KEPT) {
    // What callers still hold of the old ones stays right, it is only no longer found.
    noDims.next.clear();
    kept = 0;
  }
  prefix.next.set(value, longer);
  return longer;
}

/** The key of a cell's dimensions: a JSON array in the family's order. */
export function dimsKey(...values: readonly DimValue[]): string {
  let prefix = noDims;
  for (let i = 0; i < values.length; i++) prefix = withDim(prefix, values[i] as DimValue);
  return prefix.key;
}
