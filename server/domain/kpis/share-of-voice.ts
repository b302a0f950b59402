/** K18 share of voice: mentions of the own brands ÷ those of own and tracked brands, whatever their polarity (R18). */
import { brandSet } from '../../../shared/text/brand-key.ts';
import type { KpiDefinition, Only, Part } from './definition.ts';
import { none, ratioOf, term } from './figures.ts';

const polarities = ['positive', 'neutral', 'negative', 'unscored'] as const;
const voices = (only?: Only): Part => polarities.map((measure) => term('mentions', 'mentions', measure, 1, only));

export const shareOfVoice: KpiDefinition = {
  id: 'share_of_voice',
  name: { zh: '声量份额', en: 'Share of voice' },
  formula: { zh: '自有品牌声量 ÷（自有 + 关注竞品）声量。', en: 'Mentions of the own brands ÷ mentions of own and tracked brands.' },
  version: 1,
  unit: 'ratio',
  most: 1,
  better: 'up',
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
  ...ratioOf({
    numerator: ({ brands }) => voices({ dim: 'brand', values: brandSet(brands.own) }),
    denominator: () => voices(),
    sample: () => voices(),
    refine: (figure, _cell, { brands }) => (brands.own.length === 0 ? none('no_brand', 0) : figure),
  }),
};
