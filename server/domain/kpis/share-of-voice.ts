/** K18 share of voice: mentions of the own brands ÷ those of own and tracked brands, whatever their polarity (R18). */
import { brandSet } from '../../../shared/text/brand-key.ts';
import type { CellSum, KpiDefinition } from './definition.ts';
import { counted, none, ratio, sum } from './figures.ts';

const polarities = ['positive', 'neutral', 'negative', 'unscored'] as const;
const voices = (rows: readonly CellSum[]) => polarities.reduce((total, measure) => total + counted(sum(rows, 'mentions', measure)), 0);

export const shareOfVoice: KpiDefinition = {
  id: 'share_of_voice',
  name: { zh: '声量份额', en: 'Share of voice' },
  formula: { zh: '自有品牌声量 ÷（自有 + 关注竞品）声量。', en: 'Mentions of the own brands ÷ mentions of own and tracked brands.' },
  version: 1,
  unit: 'ratio',
  dimensions: ['platform'],
  reads: ({ period, brands }) => ({
    mentions: {
      ask: 'sums',
      family: 'mentions',
      unit: 'day',
      from: period.from,
      to: period.to,
      also: ['brand'],
      only: { dim: 'brand', values: brandSet([...brands.own, ...brands.tracked]) },
    },
  }),
  compute(cell, { brands }) {
    if (brands.own.length === 0) return none('no_brand', 0);
    const rows = cell.rows('mentions');
    const all = voices(rows);
    const own = brandSet(brands.own);
    return ratio(voices(rows.filter((row) => own.has(row.also[0]))), all, all);
  },
};
