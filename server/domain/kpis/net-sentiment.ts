/** K17 net sentiment of the own brands' mentions published in the period; deleted ones and `unscored` do not count. */
import { brandSet } from '../../../shared/text/brand-key.ts';
import type { CellInput, Figure, KpiContext, KpiDefinition, Read, Words } from './definition.ts';
import { counted, none, sum } from './figures.ts';
import { netSentiment } from './sentiment.ts';

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

function figure(cell: CellInput, context: KpiContext, withNeutrals: boolean): Figure {
  if (context.brands.own.length === 0) return none('no_brand', 0);
  const rows = cell.rows('mentions');
  const positive = counted(sum(rows, 'mentions', 'positive'));
  const negative = counted(sum(rows, 'mentions', 'negative'));
  const neutral = withNeutrals ? counted(sum(rows, 'mentions', 'neutral')) : 0;
  const value = netSentiment(positive, negative, neutral);
  const parts = { numerator: positive - negative, denominator: positive + negative + neutral, sample: positive + negative };
  return value === null ? { ...parts, value, reason: 'small_sample' } : { ...parts, value };
}

const kpi = (id: string, name: Words, formula: Words, withNeutrals: boolean): KpiDefinition => ({
  ...{ id, name, formula, version: 1 },
  unit: 'ratio',
  dimensions: ['platform'],
  reads: ownRead,
  compute: (cell, context) => figure(cell, context, withNeutrals),
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
