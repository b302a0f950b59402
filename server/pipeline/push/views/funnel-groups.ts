/** The funnel of the running month: its stages, the weak link, cohorts of leads, and costs by channel. Figures are those of the KPI definitions. */
import type { CohortRow, CountedStage, FunnelState, StagesGroup } from '../../../../shared/wire/views/funnel.ts';
import { MATURE_ENOUGH } from '../../../../shared/kpi/campaigns.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { funnelGap } from '../../../domain/projection/funnel-gap.ts';
import { cac } from '../../../domain/kpis/cac.ts';
import { cpl } from '../../../domain/kpis/cpl.ts';
import { leadConversion } from '../../../domain/kpis/lead-conversion.ts';
import { newCustomers } from '../../../domain/kpis/new-customers.ts';
import { organicVisits } from '../../../domain/kpis/organic-visits.ts';
import { repurchaseRate } from '../../../domain/kpis/repurchase.ts';
import { leads, validLeads } from '../../../domain/kpis/valid-leads.ts';
import { costRows } from '../../../domain/projection/costs.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { periodOf, previousPeriod, type Period } from '../../../domain/time/period.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf, type Contexts } from '../../figures/kpi-context.ts';
import type { ViewParts } from './view-parts.ts';

const whole = { by: null, where: [] } as const;
const definitions = [validLeads, leads, newCustomers, organicVisits, leadConversion, repurchaseRate, cac, cpl] as const;

/** Cohorts shown: the running month and so many before it. */
const MONTHS_BEFORE = 3;
/** Fewer leads are no cohort to judge by. */
const LEAST_LEADS = 30;
/** Customers of a year are counted in the ledger, not held, so they are counted once in so long. */
const REPURCHASE_EVERY_MS = 300_000;
const YEAR_DAYS = 365;

type FunnelGroups = { readonly [G in 'stages' | 'gap' | 'cohorts' | 'costs']: () => Promise<FunnelState[G]> };

/** The target of the running month for the conversion of leads, also while no cohort is settled; null = none. */
export async function conversionTarget(parts: ViewParts): Promise<number | null> {
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, definitions);
  return targetOf(contexts, periodOf('month', parts.calendar.dayOf(contexts.asOf)));
}

export function createFunnelGroups(parts: ViewParts): FunnelGroups {
  const { sums, calendar } = parts;
  let counted: { readonly key: string; readonly repurchase: Promise<StagesGroup['repurchase']> } | undefined;

  function repurchaseOf(contexts: Contexts, month: Period): Promise<StagesGroup['repurchase']> {
    const key = `${month.name} ${Math.floor(contexts.asOf / REPURCHASE_EVERY_MS)}`;
    if (counted?.key !== key) {
      const repurchase = readRepurchase(parts, contexts, month);
      counted = { key, repurchase };
      // A ledger that could not answer is asked again at the next turn.
      repurchase.catch(() => {
        if (counted?.repurchase === repurchase) counted = undefined;
      });
    }
    return counted.repurchase;
  }

  async function stages(): Promise<StagesGroup> {
    const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, definitions);
    const month = periodOf('month', calendar.dayOf(contexts.asOf));
    const context = contexts.of(month, []);
    const asked = [validLeads, leads, newCustomers, organicVisits].map((definition) => ({ definition, context, slice: whole }));
    const [values, cohorts, repurchase] = await Promise.all([
      askKpis(sums, asked, contexts.cut),
      cohortsOf(parts, contexts, month),
      repurchaseOf(contexts, month),
    ]);
    const [valid, all, firsts, visits] = values.map(([value]) => value);
    return {
      month: month.name,
      visits: visits && visits.sample > 0 ? visits.value : null,
      leads: countedStage(valid, context.elapsed),
      allLeads: all?.value ?? 0,
      conversion: settledOf(cohorts, targetOf(contexts, month)),
      customers: countedStage(firsts, context.elapsed),
      // A target is not counted: a new one holds at once.
      repurchase: { ...repurchase, target: contexts.of(month, []).targets.value(place('repurchase_rate', month)) ?? null },
    };
  }

  return {
    stages,
    async gap() {
      const { month, leads: got, conversion, customers, repurchase } = await stages();
      const { elapsed, days } = elapsedOf(parts, month);
      if (elapsed === 0) return null;
      return funnelGap({
        leads: { actual: got.value ?? 0, planned: got.planToNow },
        conversion: { actual: conversion?.rate ?? null, planned: conversion?.target ?? null },
        customers: { actual: customers.value ?? 0, planned: customers.planToNow },
        retention: {
          ...{ actual: repurchase.rate, planned: repurchase.target, customers: repurchase.customers },
          yearShare: (elapsed * days) / YEAR_DAYS,
        },
      });
    },
    async cohorts() {
      const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, definitions);
      const month = periodOf('month', calendar.dayOf(contexts.asOf));
      const rows = await cohortsOf(parts, contexts, month);
      return { rows: rows.filter((row) => row.leads > 0), days: contexts.of(month, []).readings.conversionDays };
    },
    async costs() {
      const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, definitions);
      const month = periodOf('month', calendar.dayOf(contexts.asOf));
      const [context, byChannel] = [contexts.of(month, []), contexts.of(month, ['channel'])];
      const slice = { by: 'channel', where: [] } as const;
      const values = await askKpis(
        sums,
        [
          ...[cac, cpl].map((definition) => ({ definition, context, slice: whole })),
          ...[cac, cpl].map((definition) => ({ definition, context: byChannel, slice })),
        ],
        contexts.cut,
      );
      return { month: month.name, ...costRows(values, rowCaps.costs) };
    },
  };
}

const place = (kpi: string, month: Period) => ({ kpi, grain: 'month' as const, period: month.name });

const targetOf = (contexts: Contexts, month: Period): number | null =>
  contexts.of(month, []).targets.value(place('lead_conversion', month)) ?? null;

function countedStage(value: KpiValue | undefined, elapsed: number): CountedStage {
  const target = value?.target ?? null;
  return { value: value?.value ?? null, target, planToNow: target === null ? null : target * elapsed };
}

function elapsedOf({ calendar, clock }: Pick<ViewParts, 'calendar' | 'clock'>, name: string): { elapsed: number; days: number } {
  const now = clock.now();
  const { from, to } = periodOf('month', calendar.dayOf(now));
  const [start, end] = [calendar.startOfDay(from), calendar.startOfDay(to)];
  return name === periodOf('month', from).name ? { elapsed: (now - start) / (end - start), days: to - from } : { elapsed: 0, days: 0 };
}

/** Oldest first. */
async function cohortsOf({ sums }: Pick<ViewParts, 'sums'>, contexts: Contexts, running: Period): Promise<readonly CohortRow[]> {
  const months = [running];
  for (let i = 0; i < MONTHS_BEFORE; i += 1) months.unshift(previousPeriod(months[0] ?? running));
  const asked = months.map((month) => ({ definition: leadConversion, context: contexts.of(month, []), slice: whole }));
  const values = await askKpis(sums, asked, contexts.cut);
  return months.map((month, i): CohortRow => {
    const value = values[i]?.[0];
    return {
      ...{ month: month.name, leads: value?.sample ?? 0, signed: value?.numerator ?? null, rate: value?.value ?? null },
      ...{ maturity: value?.maturity ?? null, target: value?.target ?? null },
    };
  });
}

/** The newest cohort whose time to sign is nearly over, with enough leads; held against its own target, else the running month's. */
function settledOf(cohorts: readonly CohortRow[], runningTarget: number | null): CohortRow | null {
  const settled = cohorts.findLast(({ maturity, leads: size }) => (maturity ?? 0) >= MATURE_ENOUGH && size >= LEAST_LEADS);
  return settled ? { ...settled, target: settled.target ?? runningTarget } : null;
}

async function readRepurchase({ sums, calendar }: ViewParts, contexts: Contexts, month: Period): Promise<StagesGroup['repurchase']> {
  const today = calendar.dayOf(contexts.asOf);
  const from = today + 1 - YEAR_DAYS;
  const [[values], [days = []]] = await Promise.all([
    askKpis(sums, [{ definition: repurchaseRate, context: contexts.of(month, []), slice: whole }], contexts.cut),
    sums.sums([
      {
        ...({ ask: 'sums', family: 'sales', unit: 'day', where: [], by: [], perBucket: true } as const),
        ...{ from, to: today + 1, cut: contexts.cut },
      },
    ]),
  ]);
  const first = days.reduce((least, { bucket }) => Math.min(least, bucket ?? least), today + 1);
  const value = values?.[0];
  return { rate: value?.value ?? null, customers: value?.sample ?? 0, target: null, known: (today + 1 - first) / YEAR_DAYS };
}
