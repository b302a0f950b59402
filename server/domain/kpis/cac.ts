/**
 * K12 CAC: acquisition cost in scope ÷ new customers of the same period and cell. In scope is every kind of spend but
 * those the readings leave out (R11); beside it the figure of media alone.
 */
import type { KpiContext, KpiDefinition, Only, Part, Words } from './definition.ts';
import { ratioOf } from './figures.ts';
import { newCustomersPart, newCustomersRead } from './new-customers.ts';
import { costDimensions, mediaOnly, spendRead, spentPart } from './spend.ts';

/** Kinds of spend that are acquisition cost. */
export function costInScope({ readings }: Pick<KpiContext, 'readings'>): Only {
  const excluded: readonly string[] = readings.cacExcludedKinds;
  return { dim: 'kind', values: { has: (kind) => kind === null || !excluded.includes(kind) } };
}

const kpi = (id: string, name: Words, formula: Words, cost: (context: KpiContext) => Part): KpiDefinition => ({
  ...{ id, name, formula, version: 1 },
  unit: 'minor_per_customer',
  better: 'down',
  dimensions: costDimensions,
  reads: (context) => ({ spend: spendRead(context), firsts: newCustomersRead(context) }),
  ...ratioOf({ numerator: cost, denominator: newCustomersPart, sample: newCustomersPart }),
});

export const cac: KpiDefinition = {
  ...kpi(
    'cac',
    { zh: '获客成本', en: 'Customer acquisition cost' },
    {
      zh: '期内获客支出（除培训等规则排除的类别外的全部支出）÷ 同期新客数。',
      en: 'Spend of the period but for kinds the rules leave out, such as training, ÷ new customers of the period.',
    },
    (context) => spentPart(costInScope(context)),
  ),
  readings: ['cacExcludedKinds'],
};

export const cacMedia: KpiDefinition = kpi(
  'cac_media',
  { zh: '获客成本（仅媒体）', en: 'Customer acquisition cost, media only' },
  { zh: '期内媒体支出 ÷ 同期新客数。', en: 'Media spend of the period ÷ new customers of the period.' },
  () => spentPart(mediaOnly),
);
