/** K17 net sentiment of the own brands' mentions published in the period; deleted ones and `unscored` do not count. */
import { brandSet } from '../../../shared/text/brand-key.ts';
import type { Figure, KpiContext, KpiDefinition, Part, Read, Words } from './definition.ts';
import { none, ratioOf, term } from './figures.ts';
import { SMALL_SAMPLE } from './sentiment.ts';

const ownRead = ({ period, brands }: KpiContext): Record<string, Read> => ({
  mentions: {
    ask: 'sums',
    family: 'mentions',
    unit: 'day',
    from: period.from,
    to: period.to,
    also: ['brand'],
    only: { dim: 'brand', values: brandSet(brands.own) },
  },
});

const positive = term('mentions', 'mentions', 'positive');
const negative = term('mentions', 'mentions', 'negative');
const neutral = term('mentions', 'mentions', 'neutral');
const polar: Part = [positive, negative];

/** No value without an own brand, and below the least sample (R18). */
function refined(figure: Figure, { brands }: KpiContext): Figure {
  if (brands.own.length === 0) return none('no_brand', 0);
  if (figure.sample >= SMALL_SAMPLE) return figure;
  return { ...figure, value: null, reason: 'small_sample' };
}

const kpi = (id: string, name: Words, formula: Words, withNeutrals: boolean): KpiDefinition => ({
  ...{ id, name, formula, version: 1 },
  unit: 'ratio',
  most: 1,
  better: 'up',
  dimensions: ['platform'],
  reads: ownRead,
  ...ratioOf({
    numerator: () => [positive, { ...negative, factor: -1 }],
    denominator: () => (withNeutrals ? [...polar, neutral] : polar),
    sample: () => polar,
    refine: (figure, _cell, context) => refined(figure, context),
  }),
});

export const netSentimentKpi = kpi(
  'net_sentiment',
  { zh: '净情感', en: 'Net sentiment' },
  {
    zh: '自有品牌（正面 − 负面）÷（正面 + 负面）；两者合计不足 30 条时无值。',
    en: '(positive − negative) ÷ (positive + negative) of the own brands; no value below 30 of them.',
  },
  false,
);
export const netSentimentWithNeutrals = kpi(
  'net_sentiment_with_neutrals',
  { zh: '净情感（含中性）', en: 'Net sentiment with neutrals' },
  {
    zh: '自有品牌（正面 − 负面）÷（正面 + 负面 + 中性）；正负合计不足 30 条时无值。',
    en: '(positive − negative) ÷ (positive + negative + neutral) of the own brands; no value below 30 positive and negative ones.',
  },
  true,
);
