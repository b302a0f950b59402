/** Keyword heat: what people write about the own brands now, against the same time before. */
import type { KeywordRow } from '../../../shared/wire/views/overview.ts';
import { brandSet, type BrandSet } from '../../../shared/text/brand-key.ts';

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
  const wanted = own.length === 0 ? null : brandSet(own);
  const earlier = byKeyword(before, wanted);
  return [...byKeyword(now, wanted)]
    .map(([keyword, heat]) => ({ keyword, ...heat, before: earlier.get(keyword)?.mentions ?? 0 }))
    .filter((row) => row.mentions > 0)
    .sort((a, b) => b.mentions - a.mentions || b.negative - a.negative || (a.keyword < b.keyword ? -1 : 1))
    .slice(0, max);
}

function byKeyword(counts: readonly KeywordCount[], own: BrandSet | null): Map<string, { mentions: number; negative: number }> {
  const sums = new Map<string, { mentions: number; negative: number }>();
  for (const { brand, keyword, mentions, negative } of counts) {
    if (keyword === null || own?.has(brand) === false) continue;
    const sum = sums.get(keyword) ?? { mentions: 0, negative: 0 };
    sums.set(keyword, { mentions: sum.mentions + mentions, negative: sum.negative + negative });
  }
  return sums;
}
