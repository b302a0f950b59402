/** K7 organic visits: those of the days of the period. A day counts once it is over (R28). */
import type { KpiDefinition } from './definition.ts';
import { sumOf, term } from './figures.ts';

export const organicVisits: KpiDefinition = {
  id: 'organic_visits',
  name: { zh: '自然流量', en: 'Organic visits' },
  formula: {
    zh: '期内各业务日自然访问量之和；一天的数在当天结束后计入。',
    en: 'Sum of the organic visits of the business days of the period; a day counts once it is over.',
  },
  version: 1,
  unit: 'count',
  better: 'up',
  dimensions: ['channel'],
  reads: ({ period }) => ({ visits: { ask: 'sums', family: 'organicVisits', unit: 'day', from: period.from, to: period.to } }),
  ...sumOf({
    value: () => [term('visits', 'organicVisits', 'organic')],
    sample: () => [term('visits', 'organicVisits', 'visits')],
  }),
};
