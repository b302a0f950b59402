/**
 * Shares an amount over weights in whole minor units: largest remainder (Hamilton's
 * method), ties to the earlier share. The parts always add up to the amount.
 */

/** `amount` and `weights` are integers ≥ 0. Without any weight the first share takes all. */
export function allocate(amount: number, weights: readonly number[]): number[] {
  let total = 0;
  for (const weight of weights) total += weight;
  if (total === 0) return weights.map((_, i) => (i === 0 ? amount : 0));
  // Exact in doubles up to 2⁵³; beyond, the products need big integers.
  const exact = total <= Number.MAX_SAFE_INTEGER && amount * total <= Number.MAX_SAFE_INTEGER;
  const parts: number[] = [];
  const remainders: (number | bigint)[] = [];
  let given = 0;
  for (const weight of weights) {
    const remainder = exact ? (amount * weight) % total : (BigInt(amount) * BigInt(weight)) % BigInt(total);
    const part =
      typeof remainder === 'number'
        ? (amount * weight - remainder) / total
        : Number((BigInt(amount) * BigInt(weight) - remainder) / BigInt(total));
    parts.push(part);
    remainders.push(remainder);
    given += part;
  }
  if (given === amount) return parts;
  const order = weights.map((_, i) => i).sort((a, b) => compare(remainders[b] as number, remainders[a] as number) || a - b);
  // Fewer units are left than there are shares with a remainder.
  for (let i = 0; given < amount; i++, given++) parts[order[i] as number] = (parts[order[i] as number] as number) + 1;
  return parts;
}

function compare(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
