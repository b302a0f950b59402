/**
 * What two texts have in common, told from a bounded number of hashes: the sets of their pairs and triples of characters,
 * which need no words and so serve Chinese as well as English. Up to `KEPT` hashes a set is exact; of a longer text the
 * smallest hashes are kept, which are a fair sample of all (bottom-k sketch).
 */

export interface Sketch {
  /** Hashes, ascending, each once. */
  readonly hashes: Uint32Array;
  /** How many there are of the whole text. */
  readonly size: number;
}

/** Sampling errs by some 4 % here; a stored sketch is at most a kilobyte. */
const KEPT = 160;

/** Mixes a 32-bit number so that near inputs lie far apart (finalizer of MurmurHash3). */
export function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Hashes of the pairs and triples of characters (code points), each once, in no order; whole numbers below 2^31. */
export function gramHashes(text: string): readonly number[] {
  const found = new Set<number>();
  let before = -1;
  let pair = -1;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (pair >= 0) found.add(mixed(Math.imul(pair, 31) + point) >>> 1);
    pair = before < 0 ? -1 : mixed(Math.imul(before, 0x9e3779b1) + point) >>> 1;
    if (pair >= 0) found.add(pair);
    before = point;
  }
  return [...found];
}

export function sketchOf(hashes: readonly number[]): Sketch {
  return { hashes: Uint32Array.from(hashes).sort().slice(0, KEPT), size: hashes.length };
}

/** How many hashes both have, and each. */
export interface Overlap {
  readonly shared: number;
  readonly left: number;
  readonly right: number;
}

/** Hashes a sketch knows all of: every one of a whole text, else those below the last one that was kept. */
const seenUpTo = ({ hashes, size }: Sketch): number => (size > hashes.length ? (hashes.at(-1) ?? 0) : Infinity);

/** Hashes up to the limit, but those of `without`. */
function counted({ hashes }: Sketch, limit: number, without: ReadonlySet<number>): Uint32Array {
  let end = hashes.length;
  while (end > 0 && (hashes[end - 1] ?? 0) > limit) end--;
  const seen = hashes.subarray(0, end);
  return without.size === 0 ? seen : seen.filter((hash) => !without.has(hash));
}

/**
 * Of whole sketches all hashes are counted, else those of the range both have seen, which is a fair sample. `without` hashes
 * count as if neither text had them. `needed` says how many must be shared to be of use: where fewer are, `shared` may be
 * less than there are, because nobody goes on counting.
 */
export function overlapOf(a: Sketch, b: Sketch, without: ReadonlySet<number>, needed: (left: number, right: number) => number): Overlap {
  const limit = Math.min(seenUpTo(a), seenUpTo(b));
  const mine = counted(a, limit, without);
  const theirs = counted(b, limit, without);
  const [left, right] = [mine.length, theirs.length];
  const least = needed(left, right);
  // So many of each may be passed over without a match.
  let mayMiss = left - least;
  let mayMissOther = right - least;
  let shared = 0;
  // A mention is compared with a dozen others: this loop is most of what grouping computes.
  for (let i = 0, j = 0; i < left && j < right && mayMiss >= 0 && mayMissOther >= 0;) {
    const one = mine[i] ?? 0;
    const other = theirs[j] ?? 0;
    if (one === other) {
      shared++;
      i++;
      j++;
    } else if (one < other) {
      i++;
      mayMiss--;
    } else {
      j++;
      mayMissOther--;
    }
  }
  return { shared, left, right };
}
