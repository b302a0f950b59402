/** The wall's 竞品 scene, in groups. */
import { brandSet } from '../../../../shared/text/brand-key.ts';
import type { CompetitorsGroup, CompetitorsState } from '../../../../shared/wire/views/competitors.ts';
import type { MoveRow } from '../../../../shared/wire/views/overview.ts';
import { moveRow } from '../../../domain/projection/moves.ts';
import { LEAD_DAYS, leadMove, priceLines, rivalLanes, voices } from '../../../domain/projection/rivals.ts';
import { shareOfVoice } from '../../../domain/kpis/share-of-voice.ts';
import { HOUR_MS } from '../../../domain/time/calendar.ts';
import { periodOf } from '../../../domain/time/period.ts';
import { nextDay } from '../../../domain/time/turn.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf } from '../../figures/kpi-context.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { View } from '../view.ts';
import { STRIP_REFRESH_MS, stripGroup, touchesStrip } from './strip-group.ts';
import type { ViewParts } from './view-parts.ts';

const DAY_MS = 24 * HOUR_MS;
const DAYS = 30;
const VOICE_DAYS = 14;
/** Newest moves looked at; far more than people record in the 30 days. */
const RECENT_MOVES = 1_000;

type CompetitorsParts = Pick<ViewParts, 'reads' | 'sums' | 'calendar' | 'clock'>;

const moves = ['leadMove', 'rivals', 'prices'] as const;

function affectedBy(touched: Touched): readonly CompetitorsGroup[] {
  const strip = touchesStrip.includes(touched) ? (['strip'] as const) : [];
  if (touched === 'competitors') return [...moves, ...strip];
  if (touched === 'mentions') return ['voice', ...strip];
  return touched === 'policies' ? [...moves, 'voice', ...strip] : strip;
}

export function competitorsView(parts: CompetitorsParts): View<'competitors'> {
  const { reads, calendar, clock } = parts;
  /** Moves of tracked competitors since `from`, UTC ms. */
  async function trackedSince(from: number): Promise<{ rows: readonly MoveRow[]; tracked: readonly string[] }> {
    const [{ brands }, facts] = await Promise.all([reads.policies(), reads.facts({ kind: 'move', from, limit: RECENT_MOVES })]);
    const known = brandSet(brands.tracked);
    const rows = facts.flatMap(({ fact }) => moveRow(fact) ?? []).filter((move) => known.has(move.competitor));
    return { rows, tracked: brands.tracked };
  }
  const recent = () => trackedSince(clock.now() - DAYS * DAY_MS);

  const read: { readonly [G in CompetitorsGroup]: () => Promise<CompetitorsState[G]> } = {
    async leadMove() {
      const day = calendar.dayOf(clock.now());
      const { rows } = await trackedSince(calendar.startOfDay(day - LEAD_DAYS));
      return leadMove(rows, calendar.startOfDay(day));
    },
    async rivals() {
      const { rows, tracked } = await recent();
      return rivalLanes(rows, tracked);
    },
    prices: async () => priceLines((await recent()).rows, clock.now() - DAYS * DAY_MS),
    async voice() {
      const now = clock.now();
      const [{ brands }, counts, days] = await Promise.all([
        reads.policies(),
        reads.mentionSlots({ from: now - DAY_MS, to: now, stepMs: DAY_MS }),
        voiceByDay(parts),
      ]);
      return { ...voices(counts, brands), days };
    },
    strip: () => stripGroup({ reads, calendar, clock }),
  };
  return {
    name: 'competitors',
    groups: ['leadMove', 'rivals', 'prices', 'voice', 'strip'],
    affectedBy,
    refreshMs: { leadMove: 60_000, rivals: 60_000, prices: 60_000, voice: 60_000, strip: STRIP_REFRESH_MS },
    turnsAfter: { leadMove: (now) => nextDay(calendar, now), voice: (now) => nextDay(calendar, now) },
    mayWait: ['voice'],
    throttleMs: { leadMove: 1_000, rivals: 1_000, prices: 1_000, voice: 1_000 },
    read: (group) => read[group](),
  };
}

/** The share of the own brands of each of the last days, as `/api/kpis` says it (K18). */
async function voiceByDay({ sums, ...parts }: CompetitorsParts): Promise<CompetitorsState['voice']['days']> {
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, [shareOfVoice]);
  const today = parts.calendar.dayOf(contexts.asOf);
  const periods = Array.from({ length: VOICE_DAYS }, (_, i) => periodOf('day', today - VOICE_DAYS + 1 + i));
  const asked = periods.map((period) => ({
    ...{ definition: shareOfVoice, context: contexts.of(period, []), slice: { by: null, where: [] } },
  }));
  const values = await askKpis(sums, asked, contexts.cut);
  return periods.map(({ name }, i) => ({ day: name, share: values[i]?.[0]?.value ?? null }));
}
