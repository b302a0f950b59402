/** Net sentiment over rolling windows, from mention counts per hour slot. */
import type { SentimentGroup, SentimentWindow } from '../../../shared/wire/views/overview.ts';
import type { Policies } from '../../../shared/kpi/targets.ts';
import { brandSet } from '../../../shared/text/brand-key.ts';
import { netSentiment } from '../kpis/sentiment.ts';

export interface SlotCount {
  /** 0 is the oldest. */
  readonly slot: number;
  readonly brand: string;
  readonly polarity: string;
  readonly count: number;
}

/** `slots` equal slots that end now; the last one is the last hour. */
export function sentimentGroup(
  counts: readonly SlotCount[],
  slots: number,
  brands: Policies['brands'],
  spikes: SentimentGroup['spikes'],
): SentimentGroup {
  const own = countsOf(counts, brands.own);
  const known = countsOf(counts, [...brands.own, ...brands.tracked]);
  const windows = Array.from({ length: slots }, (_, slot) => windowOf(own.filter((c) => c.slot === slot)));
  const voices = total(known);
  return {
    brands: brands.own,
    lastHour: windows[slots - 1] ?? windowOf([]),
    lastDay: windowOf(own),
    hours: windows.map((w) => w.value),
    shareOfVoice: brands.own.length === 0 || voices === 0 ? null : total(own) / voices,
    spikes,
  };
}

export function countsOf(counts: readonly SlotCount[], names: readonly string[]): readonly SlotCount[] {
  const set = brandSet(names);
  return counts.filter((c) => set.has(c.brand));
}

const total = (counts: readonly SlotCount[], polarity?: string) =>
  counts.reduce((sum, c) => (polarity === undefined || c.polarity === polarity ? sum + c.count : sum), 0);

export function windowOf(counts: readonly SlotCount[]): SentimentWindow {
  const positive = total(counts, 'positive');
  const negative = total(counts, 'negative');
  return { positive, negative, neutral: total(counts, 'neutral'), value: netSentiment(positive, negative) };
}
