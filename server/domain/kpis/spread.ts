/**
 * K20: how far campaigns spread. Sources tell totals so far, so the highest version that has happened speaks, on the day of its
 * time (R1, R20, R28): a total stands on the day it was last told, and moves with it.
 */
import type { FamilyName, MeasureOf } from '../ledger/registry.ts';
import type { KpiContext, KpiDefinition, Part, SumRead, Words } from './definition.ts';
import { sumOf, term } from './figures.ts';

type SpreadMeasure = MeasureOf<'engagement'>;
const measures = ['reads', 'likes', 'shares'] as const satisfies readonly SpreadMeasure[];

const spreadRead = ({ period }: KpiContext): SumRead => ({
  ...({ ask: 'sums', family: 'engagement' satisfies FamilyName, unit: 'day' } as const),
  from: period.from,
  to: period.to,
});

const all = (): Part => measures.map((measure) => term('spread', 'engagement', measure));
const common = {
  version: 1,
  unit: 'count',
  better: 'up',
  dimensions: ['campaign', 'platform'],
  reads: (context: KpiContext) => ({ spread: spreadRead(context) }),
} as const satisfies Partial<KpiDefinition>;

const total = (id: SpreadMeasure, name: Words, formula: Words): KpiDefinition => ({
  ...{ id, name, formula, ...common },
  ...sumOf({ value: () => [term('spread', 'engagement', id)], sample: all }),
});

export const reads = total(
  'reads',
  { zh: '阅读量', en: 'Reads' },
  {
    zh: '各平台、各内容累计阅读量之和，按最近一次上报。',
    en: 'Reads so far, summed over platforms and contents, as last told in the period.',
  },
);
export const likes = total(
  'likes',
  { zh: '点赞量', en: 'Likes' },
  {
    zh: '各平台、各内容累计点赞量之和，按最近一次上报。',
    en: 'Likes so far, summed over platforms and contents, as last told in the period.',
  },
);
export const shares = total(
  'shares',
  { zh: '转发量', en: 'Shares' },
  {
    zh: '各平台、各内容累计转发量之和，按最近一次上报。',
    en: 'Shares so far, summed over platforms and contents, as last told in the period.',
  },
);

export const spreadIndex: KpiDefinition = {
  id: 'spread_index',
  name: { zh: '传播指数', en: 'Spread index' },
  formula: {
    zh: '阅读 × 1 + 点赞 × 5 + 转发 × 20（权重可配置）。',
    en: 'Reads × 1 + likes × 5 + shares × 20 (weights can be set).',
  },
  ...common,
  readings: ['spreadWeights'],
  ...sumOf({
    value: ({ readings: { spreadWeights } }) => measures.map((measure) => term('spread', 'engagement', measure, spreadWeights[measure])),
    sample: all,
  }),
};
