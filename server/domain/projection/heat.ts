/** Keyword heat against the week before: what people write about the own brands in a day, and what is usual for a day. */
import type { HeatRow } from '../../../shared/wire/views/sentiment.ts';
import { byKeyword, type KeywordCount } from './keywords.ts';

/**
 * The `max` most mentioned keywords; more negative ones, then the alphabet, settle ties.
 * @param before of the days before, of which `daysKnown` have any data
 */
export function heatOf(
  now: readonly KeywordCount[],
  before: readonly KeywordCount[],
  own: readonly string[],
  daysKnown: number,
  max: number,
): { readonly rows: readonly HeatRow[]; readonly total: number } {
  const earlier = byKeyword(before, own);
  const all = [...byKeyword(now, own)]
    .filter(([, { mentions }]) => mentions > 0)
    .map(([keyword, heat]) => ({
      keyword,
      ...heat,
      usual: daysKnown === 0 ? null : (earlier.get(keyword)?.mentions ?? 0) / daysKnown,
    }))
    .sort((a, b) => b.mentions - a.mentions || b.negative - a.negative || (a.keyword < b.keyword ? -1 : 1));
  return { rows: all.slice(0, max), total: all.length };
}
