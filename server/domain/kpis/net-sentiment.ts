/** K17 net sentiment of the own brands' mentions published in the period; deleted ones and `unscored` do not count. */
import { brandSet } from '../../../shared/text/brand-key.ts';
import type { CellInput, Figure, KpiContext, KpiDefinition, Read } from './definition.ts';
import { none, sum } from './figures.ts';
import { netSentiment } from './sentiment.ts';

const ownRead = ({ period, brands }: KpiContext): Record<string, Read> => ({
  mentions: {
    source: 'cells',
    family: 'mentions',
    from: period.from,
    to: period.to,
    also: ['brand'],
    only: { dim: 'brand', values: brandSet(brands.own) },
  },
});

function figure(cell: CellInput, context: KpiContext, withNeutrals: boolean): Figure {
  if (context.brands.own.length === 0) return none('no_brand', 0);
  const rows = cell.rows('mentions');
  const positive = sum(rows, 'mentions', 'positive');
  const negative = sum(rows, 'mentions', 'negative');
  const neutral = withNeutrals ? sum(rows, 'mentions', 'neutral') : 0;
  const value = netSentiment(positive, negative, neutral);
  const parts = { numerator: positive - negative, denominator: positive + negative + neutral, sample: positive + negative };
  return value === null ? { ...parts, value, reason: 'small_sample' } : { ...parts, value };
}

const kpi = (id: string, withNeutrals: boolean): KpiDefinition => ({
  id,
  unit: 'ratio',
  dimensions: ['platform'],
  reads: ownRead,
  compute: (cell, context) => figure(cell, context, withNeutrals),
});

export const netSentimentKpi = kpi('net_sentiment', false);
export const netSentimentWithNeutrals = kpi('net_sentiment_with_neutrals', true);
