/**
 * Random numbers that depend only on a seed and on what they are for, so that any
 * minute of the demo can be made again without making the minutes before it.
 */

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [low, high]. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Picks by `weight`; weights need not add up to one. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T;
  /** Poisson-distributed count with this mean (Knuth's product method: fine for the small means used here). */
  count(mean: number): number;
}

/** 32-bit FNV-1a over the parts; a separator keeps ('a', 'bc') and ('ab', 'c') apart. */
function hash(parts: readonly (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const character of parts.join('\u0001')) h = Math.imul(h ^ (character.codePointAt(0) as number), 0x01000193);
  return h >>> 0;
}

/** A stream of its own for each list of parts. The generator is SplitMix with 32-bit state. */
export function randomFor(...parts: readonly (string | number)[]): Random {
  let state = hash(parts);
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 0x1_0000_0000;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
    weighted: (items) => {
      let left = next() * items.reduce((sum, item) => sum + item.weight, 0);
      for (const item of items) if ((left -= item.weight) < 0) return item;
      return items[items.length - 1] as (typeof items)[number];
    },
    count: (mean) => {
      const floor = Math.exp(-mean);
      let product = next();
      let n = 0;
      while (product > floor) {
        product *= next();
        n += 1;
      }
      return n;
    },
  };
}
