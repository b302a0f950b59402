/** What is said and done outside: sentiment over rolling windows, keyword heat, competitor moves. */
import type { OverviewState } from '../../../../shared/wire/views/overview.ts';
import { hottest, type KeywordCount } from '../../../domain/projection/keywords.ts';
import { latestMoves } from '../../../domain/projection/moves.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { sentimentGroup } from '../../../domain/projection/sentiment.ts';
import { HOUR_MS } from '../../../domain/time/calendar.ts';
import { counted } from '../../../domain/kpis/figures.ts';
import type { SumRow } from '../../ports/ledger.ts';
import type { ViewParts } from './view-parts.ts';

const HOURS = 24;
/** Newest moves looked at; a tracked competitor's older one would not be news. */
const RECENT_MOVES = 200;

type TalkGroups = { readonly [G in 'sentiment' | 'keywords' | 'competitors']: () => Promise<OverviewState[G]> };

export function createTalkGroups({ reads, sums, calendar, clock }: ViewParts): TalkGroups {
  return {
    async sentiment() {
      const now = clock.now();
      const [{ brands }, counts, spikes] = await Promise.all([
        reads.policies(),
        reads.mentionSlots({ from: now - HOURS * HOUR_MS, to: now, stepMs: HOUR_MS }),
        reads.spikesOn(),
      ]);
      const shown = spikes.map(({ brand, startedAt: since, negative, usual }) => ({ brand, since, negative, usual }));
      return sentimentGroup(counts, HOURS, brands, shown);
    },
    async keywords() {
      const { brands } = await reads.policies();
      const asOf = clock.now();
      const next = calendar.hourBucket(asOf) + 1;
      const heat = { ask: 'sums', family: 'keywords', unit: 'hour', by: ['brand', 'keyword'], where: [], cut: { asOf } } as const;
      const [now = [], before = []] = await sums.sums([
        { ...heat, from: next - HOURS, to: next },
        { ...heat, from: next - 2 * HOURS, to: next - HOURS },
      ]);
      return hottest(now.map(countOf), before.map(countOf), brands.own, rowCaps.keywords);
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

function countOf({ dims: [brand = null, keyword = null], measures: [mentions = 0, , negative = 0] }: SumRow): KeywordCount {
  return { brand, keyword, mentions: counted(mentions), negative: counted(negative) };
}
