/**
 * How a part of a ratio is written. A part is money where the KPI is money for each of something, and where it is too large
 * to be told otherwise; the server gives parts without a unit, so this follows from the KPI.
 */
import type { KpiPart } from '../../shared/kpi/explain.ts';
import type { KpiValue } from '../../shared/kpi/types.ts';
import { fullCount, trueMinus } from '../format/scale.ts';
import { useMoney } from '../ui/money.tsx';

/** Ratios of one amount of money to another. */
const ofMoney = new Set([
  'sales_attainment',
  'sales_pace',
  'core_share',
  'roi',
  'roi_revenue',
  'roas',
  'break_even_roas',
  'budget_pacing',
  'budget_mix',
  'campaign_share',
  'campaign_share_of_target',
  'campaign_share_final',
  'gross_margin',
]);

export function isMoney({ kpi, unit }: Pick<KpiValue, 'kpi' | 'unit'>, part: KpiPart): boolean {
  const own = kpi.replace(/^growth(_yoy)?\./u, '');
  if (unit === 'minor') return true;
  if (unit.startsWith('minor_per_')) return part !== 'denominator';
  return unit === 'ratio' && (ofMoney.has(own) || own === 'net_sales' || own === 'net_sales_cohort');
}

export function usePartWords(): (value: Pick<KpiValue, 'kpi' | 'unit'>, part: KpiPart, amount: number) => string {
  const money = useMoney();
  return (value, part, amount) => {
    if (isMoney(value, part)) return money.full(amount);
    return Number.isInteger(amount) ? fullCount(amount) : trueMinus(amount.toLocaleString('en-US', { maximumFractionDigits: 4 }));
  };
}
