/**
 * K9: of the valid leads created in the period the share that signed within N × 24 h of their creation (R9). Leads younger than
 * that may still sign, so the value is provisional until the whole cohort is older.
 */
import { DAY_MS } from '../time/calendar.ts';
import type { DimValue } from '../dim-value.ts';
import type { KpiContext, KpiDefinition } from './definition.ts';
import { ratioOf, term } from './figures.ts';
import { leadsRead, validityReadings, validLeadsOf, validOnly } from './valid-leads.ts';

/** Signings in time, by the values of the dimension `signedWithin`. */
const inTime = ({ readings }: KpiContext) => ({
  has: (within: DimValue): boolean => within !== null && Number(within) <= readings.conversionDays,
});

export const leadConversion: KpiDefinition = {
  id: 'lead_conversion',
  name: { zh: '线索转化率', en: 'Lead conversion' },
  formula: {
    zh: '期内创建的有效线索中，创建后 N 天内签约的占比（默认 30 天）；未满 N 天的线索也在分母中，成熟度说明其余占比。',
    en: 'Of the valid leads created in the period, those signed within N days of their creation (30 unless set otherwise). Leads younger than that count too: maturity is the share of the others.',
  },
  version: 1,
  readings: [...validityReadings, 'conversionDays'],
  unit: 'ratio',
  most: 1,
  better: 'up',
  dimensions: ['channel', 'region', 'campaign'],
  reads(context) {
    const leads = leadsRead(context);
    return {
      leads,
      signed: { ...leads, also: ['quality', 'signedWithin'], only: { dim: 'signedWithin', values: inTime(context) } },
      old: { ...leads, aside: true, asOf: context.asOf - context.readings.conversionDays * DAY_MS },
    };
  },
  ...ratioOf({
    numerator: ({ readings }) => [term('signed', 'leads', 'signed', 1, validOnly(readings))],
    denominator: (context) => validLeadsOf('leads', context),
    sample: (context) => validLeadsOf('leads', context),
    refine(figure, cell, context) {
      const old = Number(cell.part(validLeadsOf('old', context)) ?? 0);
      return figure.sample > 0 ? { ...figure, maturity: Math.min(1, old / figure.sample) } : figure;
    },
  }),
};
