/** The wall's 竞品 scene, in groups. */
import { brandSet } from '../../../../shared/text/brand-key.ts';
import type { CompetitorsGroup, CompetitorsState } from '../../../../shared/wire/views/competitors.ts';
import type { MoveRow } from '../../../../shared/wire/views/overview.ts';
import { moveRow } from '../../../domain/projection/moves.ts';
import { leadMove, priceMoves, rivalLanes, voices } from '../../../domain/projection/rivals.ts';
import { HOUR_MS } from '../../../domain/time/calendar.ts';
import { nextDay } from '../../../domain/time/turn.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { View } from '../view.ts';
import { STRIP_REFRESH_MS, stripGroup, touchesStrip } from './strip-group.ts';
import type { ViewParts } from './view-parts.ts';

const DAY_MS = 24 * HOUR_MS;
const DAYS = 30;
/** Newest moves looked at; far more than people record in the 30 days. */
const RECENT_MOVES = 1_000;

const moves = ['leadMove', 'rivals', 'prices'] as const;

function affectedBy(touched: Touched): readonly CompetitorsGroup[] {
  const strip = touchesStrip.includes(touched) ? (['strip'] as const) : [];
  if (touched === 'competitors') return [...moves, ...strip];
  if (touched === 'mentions') return ['voice', ...strip];
  return touched === 'policies' ? [...moves, 'voice', ...strip] : strip;
}

export function competitorsView({ reads, calendar, clock }: Pick<ViewParts, 'reads' | 'calendar' | 'clock'>): View<'competitors'> {
  /** Moves of tracked competitors since `from`, UTC ms. */
  async function trackedSince(from: number): Promise<{ rows: readonly MoveRow[]; tracked: readonly string[] }> {
    const [{ brands }, facts] = await Promise.all([reads.policies(), reads.facts({ kind: 'move', from, limit: RECENT_MOVES })]);
    const known = brandSet(brands.tracked);
    const rows = facts.flatMap(({ fact }) => moveRow(fact) ?? []).filter((move) => known.has(move.competitor));
    return { rows, tracked: brands.tracked };
  }
  const recent = () => trackedSince(clock.now() - DAYS * DAY_MS);

  const read: { readonly [G in CompetitorsGroup]: () => Promise<CompetitorsState[G]> } = {
    leadMove: async () => leadMove((await trackedSince(calendar.startOfDay(calendar.dayOf(clock.now())))).rows),
    async rivals() {
      const { rows, tracked } = await recent();
      return rivalLanes(rows, tracked);
    },
    prices: async () => priceMoves((await recent()).rows),
    async voice() {
      const now = clock.now();
      const [{ brands }, counts] = await Promise.all([
        reads.policies(),
        reads.mentionSlots({ from: now - DAY_MS, to: now, stepMs: DAY_MS }),
      ]);
      return voices(counts, brands);
    },
    strip: () => stripGroup({ reads, calendar, clock }),
  };
  return {
    name: 'competitors',
    groups: ['leadMove', 'rivals', 'prices', 'voice', 'strip'],
    affectedBy,
    refreshMs: { leadMove: 60_000, rivals: 60_000, prices: 60_000, voice: 60_000, strip: STRIP_REFRESH_MS },
    turnsAfter: { leadMove: (now) => nextDay(calendar, now) },
    throttleMs: { leadMove: 1_000, rivals: 1_000, prices: 1_000, voice: 1_000 },
    read: (group) => read[group](),
  };
}
