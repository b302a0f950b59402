/** Keyword heat: what people write about the own brands now, against the same time before. */
import type { KeywordRow } from '../../../shared/wire/views/overview.ts';
import { brandSet } from '../../../shared/text/brand-key.ts';

export interface KeywordCount {
  readonly brand: string | null;
  readonly keyword: string | null;
  readonly mentions: number;
  readonly negative: number;
}

/** The `max` most mentioned keywords; more negative ones, then the alphabet, settle ties. Without own brands: of all brands. */
export function hottest(
  now: readonly KeywordCount[],
  before: readonly KeywordCount[],
  own: readonly string[],
  max: number,
): readonly KeywordRow[] {
  const earlier = byKeyword(before, own);
  return [...byKeyword(now, own)]
    .map(([keyword, heat]) => ({ keyword, ...heat, before: earlier.get(keyword)?.mentions ?? 0 }))
    .filter((row) => row.mentions > 0)
    .sort((a, b) => b.mentions - a.mentions || b.negative - a.negative || (a.keyword < b.keyword ? -1 : 1))
    .slice(0, max);
}

/** Without own brands: of all brands. */
export function byKeyword(
  counts: readonly KeywordCount[],
  own: readonly string[],
): ReadonlyMap<string, { readonly mentions: number; readonly negative: number }> {
  const wanted = own.length === 0 ? null : brandSet(own);
  const sums = new Map<string, { mentions: number; negative: number }>();
  for (const { brand, keyword, mentions, negative } of counts) {
    if (keyword === null || wanted?.has(brand) === false) continue;
    const sum = sums.get(keyword) ?? { mentions: 0, negative: 0 };
    sums.set(keyword, { mentions: sum.mentions + mentions, negative: sum.negative + negative });
  }
  return sums;
}
