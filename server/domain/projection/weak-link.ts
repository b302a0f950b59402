/**
 * 获客 → 转化 → 留存 against their targets, and the weak link: the stage that is short of the most customers. Percentages of
 * the three cannot be compared (a rate that is 2 points short may cost more than a tenth of the leads); customers can [SU7].
 */
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { StageRow, WeakLinkGroup } from '../../../shared/wire/views/standup.ts';

/** Fewer leads or customers than this say nothing about a rate. */
const LEAST_SAMPLE = 20;
/** A cohort of which this much has come to its end is judged. */
const MATURE = 0.9;
/** The window of the repurchase rate, in days. */
const RETAIN_DAYS = 365;

export interface FunnelInput {
  /** Of the running month. */
  readonly leads: KpiValue | undefined;
  readonly repurchase: KpiValue | undefined;
  /** Of the cohort that is judged. */
  readonly conversion: KpiValue | undefined;
  /** Elapsed share of the running month: a target of leads is due by and by. */
  readonly elapsed: number;
  /** Of the running month. */
  readonly days: number;
  readonly periods: { readonly leads: string; readonly conversion: string; readonly repurchase: string };
}

export function weakLink({ leads, elapsed, days, conversion, repurchase, periods }: FunnelInput): WeakLinkGroup {
  const stages: StageRow[] = [
    acquire(leads, elapsed, conversion, periods.leads),
    // A month's leads and a year's customers, each for as much of a month as has passed.
    rate({ stage: 'convert', kpi: 'lead_conversion', period: periods.conversion }, conversion, elapsed),
    rate({ stage: 'retain', kpi: 'repurchase_rate', period: periods.repurchase }, repurchase, (elapsed * days) / RETAIN_DAYS),
  ];
  const [weak] = stages
    .filter(({ short, attainment }) => short !== null && short > 0 && attainment !== null && attainment < 1)
    .toSorted((a, b) => (b.short ?? 0) - (a.short ?? 0));
  return { stages, weak: weak?.stage ?? null };
}

/** The newest cohort whose leads have come to their end; where none has, the one nearest to it. */
export function judgedCohort(cohorts: readonly Cohort[]): Cohort {
  const maturity = ({ value }: Cohort) => value?.maturity ?? 0;
  const found = cohorts.find((cohort) => maturity(cohort) >= MATURE) ?? cohorts.toSorted((a, b) => maturity(b) - maturity(a))[0];
  if (!found) throw new Error('there is no cohort to judge');
  return found;
}
export interface Cohort {
  readonly period: string;
  readonly value: KpiValue | undefined;
}

/** Leads that are missing would have become customers at the rate that is aimed at, or else at the one there is. */
function acquire(leads: KpiValue | undefined, elapsed: number, conversion: KpiValue | undefined, period: string): StageRow {
  const value = leads?.value ?? null;
  const target = leads?.target === undefined ? null : leads.target * elapsed;
  const each = conversion?.target ?? conversion?.value ?? null;
  const known = value !== null && target !== null && target > 0;
  return {
    ...{ stage: 'acquire', kpi: 'valid_leads', period, unit: 'count', value, target, sample: leads?.sample ?? 0, maturity: null },
    attainment: known ? value / target : null,
    short: known && each !== null ? (target - value) * each : null,
  };
}

/** Of those who could, so many more should have, taken for as long as `share` says. */
function rate(of: Pick<StageRow, 'stage' | 'kpi' | 'period'>, found: KpiValue | undefined, share: number): StageRow {
  const value = found?.value ?? null;
  const target = found?.target ?? null;
  const sample = found?.sample ?? 0;
  const maturity = found?.maturity ?? null;
  const known = value !== null && target !== null && target > 0 && sample * (maturity ?? 1) >= LEAST_SAMPLE;
  return {
    ...{ ...of, unit: 'ratio', value, target, sample, maturity },
    attainment: known ? value / target : null,
    short: known ? (target - value) * sample * share : null,
  };
}
