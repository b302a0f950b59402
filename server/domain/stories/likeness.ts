/** Whether two mentions tell one story, and how sure that is. */
import type { GroupingPolicy } from '../../../shared/incidents/grouping-policy.ts';
import { TELLING_GRAMS, type Fingerprint } from './fingerprint.ts';
import { overlapOf, type Sketch } from './sketch.ts';

type Print = Omit<Fingerprint, 'keys'>;

/** Grams from which a text may be a part of a longer one: about fourteen characters. A shorter one stands in too many by chance. */
const PART_GRAMS = 24;
/** So much in common is a copy, whatever phrases are in it. */
const SURE = 0.9;
/** A link says as much as words that are nearly the same. */
const LINK_LIKENESS = 0.9;

/** A text of which so much stands in a longer one was cut from it. */
const PART = 0.9;

/**
 * 0 … 1: what both have in common against their mean size (Dice); of a text cut from a longer one, the share that stands in
 * it. Two complaints that share the same long phrase and differ in the rest stay below the half. Below `from` it may be told
 * less than it is.
 */
export function textLikeness(a: Sketch, b: Sketch, from = 0, commonHashes: ReadonlySet<number> = none): number {
  const { shared, left, right } = overlapOf(a, b, commonHashes, (some, others) => sharedFor(from, some, others));
  const least = Math.min(left, right);
  if (least < TELLING_GRAMS) return 0;
  const part = shared / least;
  return least >= PART_GRAMS && part >= PART ? part : (2 * shared) / (left + right);
}
const none: ReadonlySet<number> = new Set();

/** So many hashes must be shared for such a likeness; rather one too few, where it is a fraction. */
function sharedFor(likeness: number, left: number, right: number): number {
  const least = Math.min(left, right);
  if (least < TELLING_GRAMS) return Infinity;
  const mean = Math.floor((likeness * (left + right)) / 2);
  return least >= PART_GRAMS ? Math.min(mean, Math.floor(PART * least)) : mean;
}

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
/** What a complaint is about, where its words say so. */
const named = (topic: string): string | null => (topic === 'other' ? null : topic);

/** What many mentions share that are not one story: links to a shop, phrases of any complaint. */
export interface Common {
  readonly links: ReadonlySet<number>;
  readonly hashes: ReadonlySet<number>;
}

/** Whether both may be one story by what they speak of and when. */
export function comparable(a: Print, b: Print, policy: GroupingPolicy): boolean {
  return a.brand === b.brand && !differ(a.sku, b.sku) && Math.abs(a.at - b.at) <= policy.windowMs;
}

/** What both have in common before it is asked what others have in common with them too. */
export interface Likeness {
  readonly words: number;
  readonly links: readonly number[];
}

/** Undefined where nothing says that both, which are comparable, are one story. */
export function likenessOf(a: Print, b: Print, policy: GroupingPolicy): Likeness | undefined {
  const words = textLikeness(a.sketch, b.sketch, policy.similarity);
  const links = differ(named(a.topic), named(b.topic)) ? [] : a.links.filter((link) => b.links.includes(link));
  return words >= policy.similarity || links.length > 0 ? { words, links } : undefined;
}

/** 0 … 1: what is left of it without what is common to several stories; 0 where that is too little. */
export function likenessBeyond(
  { words, links }: Likeness,
  common: Common,
  [a, b]: readonly [Print, Print],
  policy: GroupingPolicy,
): number {
  if (
    words >= SURE ||
    (words >= policy.similarity && textLikeness(a.sketch, b.sketch, policy.similarity, common.hashes) >= policy.similarity)
  )
    return words;
  return links.some((link) => !common.links.has(link)) ? LINK_LIKENESS : 0;
}
