/** K8: leads created in the period, and those of them that are valid by the readings in force (R8). */
import type { DimValue } from '../dim-value.ts';
import { readLeadQuality } from '../ledger/lead-quality.ts';
import type { Readings } from '../../../shared/kpi/readings.ts';
import type { KpiContext, KpiDefinition, Only, Part, SumRead } from './definition.ts';
import { sumOf, term } from './figures.ts';

/** Fields of the readings that decide validity. */
export const validityReadings = ['leadMustBeReachable', 'leadMustBeInArea', 'leadDuplicateDays'] as const;

/** Leads by the day of their creation, with what decides their validity. */
export const leadsRead = ({ period }: KpiContext): SumRead => ({
  ask: 'sums',
  family: 'leads',
  unit: 'day',
  from: period.from,
  to: period.to,
  also: ['quality'],
});

/** Values of the dimension `quality` that are valid. */
export function validOnly({ leadMustBeReachable, leadMustBeInArea, leadDuplicateDays }: Readings): Only {
  const isValid = (value: DimValue): boolean => {
    const { reachable, inArea, daysSinceSame } = readLeadQuality(value);
    const duplicate = leadDuplicateDays > 0 && daysSinceSame !== null && daysSinceSame <= leadDuplicateDays;
    return (reachable || !leadMustBeReachable) && (inArea || !leadMustBeInArea) && !duplicate;
  };
  return { dim: 'quality', values: { has: isValid } };
}

/** All leads of a read that groups by `quality`, and the valid ones. */
export const allLeads = (read: string): Part => [term(read, 'leads', 'leads')];
export const validLeadsOf = (read: string, { readings }: KpiContext): Part => [term(read, 'leads', 'leads', 1, validOnly(readings))];

export const leads: KpiDefinition = {
  id: 'leads',
  name: { zh: '线索量', en: 'Leads' },
  formula: { zh: '期内创建的线索数，含无效线索。', en: 'Leads created in the period, whether valid or not.' },
  version: 1,
  unit: 'count',
  better: 'up',
  dimensions: ['channel', 'region', 'campaign'],
  reads: (context) => ({ leads: leadsRead(context) }),
  ...sumOf({ value: () => allLeads('leads'), sample: () => allLeads('leads') }),
};

export const validLeads: KpiDefinition = {
  id: 'valid_leads',
  name: { zh: '有效线索', en: 'Valid leads' },
  formula: {
    zh: '期内创建的有效线索数：联系得上、在服务区域内，且此前 90 天内没有同一联系人的其他线索（三项规则均可配置）。',
    en: 'Leads created in the period that can be reached, lie in the area, and have no other lead with the same contact in the 90 days before (each rule can be set).',
  },
  version: 1,
  readings: validityReadings,
  unit: 'count',
  better: 'up',
  dimensions: ['channel', 'region', 'campaign'],
  reads: (context) => ({ leads: leadsRead(context) }),
  ...sumOf({ value: (context) => validLeadsOf('leads', context), sample: () => allLeads('leads') }),
};
