/** K13 CPL 线索成本: acquisition cost in scope (R12) ÷ valid leads of the same period and cell; beside it ÷ all leads. */
import { costInScope } from './cac.ts';
import type { KpiContext, KpiDefinition, Part, Words } from './definition.ts';
import { ratioOf } from './figures.ts';
import { costDimensions, spendRead, spentPart } from './spend.ts';
import { allLeads, leadsRead, validityReadings, validLeadsOf } from './valid-leads.ts';

const kpi = (id: string, name: Words, formula: Words, leads: (context: KpiContext) => Part): KpiDefinition => ({
  ...{ id, name, formula, version: 1 },
  readings: ['cacExcludedKinds'],
  unit: 'minor_per_lead',
  better: 'down',
  dimensions: costDimensions,
  reads: (context) => ({ spend: spendRead(context), leads: leadsRead(context) }),
  ...ratioOf({ numerator: (context) => spentPart(costInScope(context)), denominator: leads, sample: leads }),
});

export const cpl: KpiDefinition = {
  ...kpi(
    'cpl',
    { zh: '线索成本', en: 'Cost per lead' },
    {
      zh: '期内获客支出（不含培训等规则排除的类别）÷ 同期有效线索数。',
      en: 'Acquisition spend of the period ÷ valid leads created in it.',
    },
    (context) => validLeadsOf('leads', context),
  ),
  readings: ['cacExcludedKinds', ...validityReadings],
};

export const cplRaw: KpiDefinition = kpi(
  'cpl_raw',
  { zh: '线索成本（全部线索）', en: 'Cost per lead, all leads' },
  { zh: '期内获客支出 ÷ 同期全部线索数，含无效线索。', en: 'Acquisition spend of the period ÷ all leads created in it, valid or not.' },
  () => allLeads('leads'),
);
