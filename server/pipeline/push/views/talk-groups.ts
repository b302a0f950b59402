/** What is said and done outside: sentiment over rolling windows, keyword heat, competitor moves. */
import type { OverviewState } from '../../../../shared/wire/views/overview.ts';
import { hottest, type KeywordCount } from '../../../domain/projection/keywords.ts';
import { latestMoves } from '../../../domain/projection/moves.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { sentimentGroup } from '../../../domain/projection/sentiment.ts';
import { HOUR_MS } from '../../../domain/time/calendar.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { ViewParts } from './view-parts.ts';

const HOURS = 24;
/** Newest moves looked at; a tracked competitor's older one would not be news. */
const RECENT_MOVES = 200;

type TalkGroups = { readonly [G in 'sentiment' | 'keywords' | 'competitors']: () => Promise<OverviewState[G]> };

export function createTalkGroups({ reads, calendar, clock }: ViewParts): TalkGroups {
  return {
    async sentiment() {
      const now = clock.now();
      const [{ brands }, counts] = await Promise.all([
        reads.policies(),
        reads.mentionSlots({ from: now - HOURS * HOUR_MS, to: now, stepMs: HOUR_MS }),
      ]);
      return sentimentGroup(counts, HOURS, brands);
    },
    async keywords() {
      const next = calendar.hourBucket(clock.now()) + 1;
      const [{ brands }, now, before] = await Promise.all([
        reads.policies(),
        keywordsOf(reads, next - HOURS, next),
        keywordsOf(reads, next - 2 * HOURS, next - HOURS),
      ]);
      return hottest(now, before, brands.own, rowCaps.keywords);
    },
    async competitors() {
      const [{ brands }, moves] = await Promise.all([reads.policies(), reads.facts({ kind: 'move', limit: RECENT_MOVES })]);
      return latestMoves(
        moves.map((m) => m.fact),
        brands.tracked,
        rowCaps.moves,
      );
    },
  };
}

async function keywordsOf(reads: StoreReads, from: number, to: number): Promise<readonly KeywordCount[]> {
  const rows = await reads.cells({ family: 'keywords', from, to, by: ['brand', 'keyword'], where: [] });
  return rows.map(({ dims, measures }) => ({
    brand: dims[0] ?? null,
    keyword: dims[1] ?? null,
    mentions: measures[0] as number,
    negative: measures[2] as number,
  }));
}
