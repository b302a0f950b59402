/**
 * Keys under which a fingerprint is found (locality-sensitive hashing): texts that share much have a key in common, almost
 * surely; texts that share little have none, almost surely. A key is a whole number below 2^31 and names its
 * brand; what two texts share by chance is told by comparing them.
 */
import { mixed } from './sketch.ts';

const BANDS = 16;
/** Hashes a band is made of: two texts with Jaccard J share a band with probability J². */
const ROWS = 2;

const seeds = Array.from({ length: BANDS * ROWS }, (_, i) => mixed(i + 1) | 1);

/** Hash of a name, 32 bits. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** Of the hashes of all grams of a text. */
export function bandsOf(hashes: readonly number[], brand: string): readonly number[] {
  if (hashes.length === 0) return [];
  const least = new Uint32Array(seeds.length).fill(0xffffffff);
  for (const hash of hashes) {
    for (let i = 0; i < seeds.length; i++) {
      const permuted = Math.imul(hash ^ (hash >>> 15), seeds[i] ?? 1) >>> 0;
      const value = (permuted ^ (permuted >>> 13)) >>> 0;
      if (value < (least[i] ?? 0)) least[i] = value;
    }
  }
  const brandHash = textHash(brand);
  return Array.from({ length: BANDS }, (_, band) => {
    let hash = mixed(brandHash + band);
    for (let row = 0; row < ROWS; row++) hash = mixed(Math.imul(hash, 31) + (least[band * ROWS + row] ?? 0));
    return (mixed(hash ^ brandHash) >>> 2) * 2;
  });
}

/** Of a link in its one spelling. */
export function linkKey(link: string, brand: string): number {
  return (textHash(`link ${brand} ${link}`) >>> 2) * 2 + 1;
}

/** How much sharing the key says: a link is no chance, one band may be. Keys of links are odd. */
export function keyWeight(key: number): number {
  return key % 2 === 1 ? 2 : 1;
}
