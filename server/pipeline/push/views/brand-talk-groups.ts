/** What is said about the own brands: net sentiment over a day, and keywords against the week before. */
import type { SentimentState } from '../../../../shared/wire/views/sentiment.ts';
import { counted } from '../../../domain/kpis/figures.ts';
import { netSentimentKpi } from '../../../domain/kpis/net-sentiment.ts';
import { heatOf } from '../../../domain/projection/heat.ts';
import type { KeywordCount } from '../../../domain/projection/keywords.ts';
import { fallOf, pulseOfDay, QUARTER_MS } from '../../../domain/projection/pulse.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { HOUR_MS } from '../../../domain/time/calendar.ts';
import { periodOf } from '../../../domain/time/period.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf } from '../../figures/kpi-context.ts';
import type { SumRow } from '../../ports/ledger.ts';
import type { ViewParts } from './view-parts.ts';

const HOURS = 24;
const DAYS_BEFORE = 7;

type BrandTalkGroups = { readonly [G in 'pulse' | 'heat']: () => Promise<SentimentState[G]> };

export function createBrandTalkGroups(parts: ViewParts): BrandTalkGroups {
  const { reads, sums, calendar, clock } = parts;
  return {
    async pulse() {
      const now = clock.now();
      const quarters = Math.floor(now / QUARTER_MS) * QUARTER_MS - HOURS * HOUR_MS;
      const [{ brands }, hourly, quarterly, today] = await Promise.all([
        reads.policies(),
        reads.mentionSlots({ from: now - HOURS * HOUR_MS, to: now, stepMs: HOUR_MS }),
        reads.mentionSlots({ from: quarters, to: now, stepMs: QUARTER_MS }),
        sentimentToday(parts),
      ]);
      return { brands: brands.own, ...pulseOfDay(hourly, brands.own), today, fall: fallOf(quarterly, brands.own, quarters) };
    },
    async heat() {
      const { brands } = await reads.policies();
      const asOf = clock.now();
      const next = calendar.hourBucket(asOf) + 1;
      const before = { from: next - (1 + DAYS_BEFORE) * HOURS, to: next - HOURS };
      const question = { ask: 'sums', family: 'keywords', unit: 'hour', where: [], cut: { asOf } } as const;
      const [now = [], earlier = [], buckets = []] = await sums.sums([
        { ...question, by: ['brand', 'keyword'], from: next - HOURS, to: next },
        { ...question, by: ['brand', 'keyword'], ...before },
        { ...question, by: [], perBucket: true, ...before },
      ]);
      const days = new Set(buckets.map(({ bucket }) => Math.floor(((bucket ?? 0) - before.from) / HOURS)));
      return heatOf(now.map(countOf), earlier.map(countOf), brands.own, days.size, rowCaps.heat);
    },
  };
}

function countOf({ dims: [brand = null, keyword = null], measures: [mentions = 0, , negative = 0] }: SumRow): KeywordCount {
  return { brand, keyword, mentions: counted(mentions), negative: counted(negative) };
}

/** As `/api/kpis` says it of the running day (K17). */
async function sentimentToday({ sums, ...parts }: ViewParts): Promise<number | null> {
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, [netSentimentKpi]);
  const context = contexts.of(periodOf('day', parts.calendar.dayOf(contexts.asOf)), []);
  const [values] = await askKpis(sums, [{ definition: netSentimentKpi, context, slice: { by: null, where: [] } }], contexts.cut);
  return values?.[0]?.value ?? null;
}
