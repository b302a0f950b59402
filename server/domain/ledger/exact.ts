/** Sums that stay exact whatever their size [I16]: a number while that is safe, a bigint beyond. */

export type Exact = number | bigint;

export function addExact(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return narrowed(BigInt(a) + BigInt(b));
}

export function negateExact(a: Exact): Exact {
  return typeof a === 'number' ? 0 - a : narrowed(-a);
}

/** @param factor a whole number, or a weight that is none: then the product is exact as far as a number is */
export function timesExact(a: Exact, factor: number): Exact {
  if (factor === 1) return a;
  if (!Number.isInteger(factor)) return Number(a) * factor;
  if (typeof a === 'number') {
    const product = a * factor;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return narrowed(BigInt(a) * BigInt(factor));
}

/** The same value as a number where a number holds it exactly. */
export function narrowed(value: bigint): Exact {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
