/** What today is for: the plan of net sales, the leads, the first other figure with a target of its own, and the promises that are due. */
import type { CountGoal, GoalsGroup } from '../../../../shared/wire/views/standup.ts';
import type { KpiDefinition } from '../../../domain/kpis/definition.ts';
import { netSales } from '../../../domain/kpis/net-sales.ts';
import { kpiDefinitions } from '../../../domain/kpis/registry.ts';
import { validLeads } from '../../../domain/kpis/valid-leads.ts';
import { duesIn } from '../../../domain/standup/dues.ts';
import type { TargetBook } from '../../../domain/targets/book.ts';
import { salesPlan } from '../../../domain/targets/sales-plan.ts';
import { elapsedShare, periodOf } from '../../../domain/time/period.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf } from '../../figures/kpi-context.ts';
import type { ViewParts } from './view-parts.ts';

/** Figures that have a place of their own on the scene, or are no aim of a day. */
const placed: ReadonlySet<string> = new Set([netSales.id, validLeads.id]);

export async function goalsGroup(parts: ViewParts): Promise<GoalsGroup> {
  const { reads, sums, calendar, clock } = parts;
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
  const now = contexts.asOf;
  const day = calendar.dayOf(now);
  const [today, month] = [periodOf('day', day), periodOf('month', day)];
  const { targets } = contexts.of(today, []);
  const plan = salesPlan(targets, calendar, 'day', day);
  const wholeMonth = salesPlan(targets, calendar, 'month', day);
  const other = kpiDefinitions.find(
    ({ id, unit }) => !placed.has(id) && unit === 'count' && targets.value({ kpi: id, grain: 'day', period: today.name }) !== undefined,
  );
  const counted = [validLeads, ...(other ? [other] : [])];
  const ask = (definition: KpiDefinition, period: typeof today) => ({
    ...{ definition, context: contexts.of(period, []), slice: { by: null, where: [] } },
  });
  const asked = [ask(netSales, month), ...counted.flatMap((definition) => [ask(definition, today), ask(definition, month)])];
  const values = await askKpis(sums, asked, contexts.cut);
  const [monthNet, leadsToday, leadsMonth, otherToday, otherMonth] = values.map(([whole]) => whole?.value ?? null);

  const goal = (definition: KpiDefinition, done: number | null, sofar: number | null): CountGoal | null => {
    const aim = dayTarget(targets, definition.id, today, month);
    if (!aim) return null;
    const ofMonth = targets.value({ kpi: definition.id, grain: 'month', period: month.name });
    const due = ofMonth === undefined ? 0 : ofMonth * elapsedShare(calendar, month, now);
    const pace = due > 0 && sofar !== null ? sofar / due : null;
    return {
      ...{ kpi: definition.id, unit: definition.unit, name: definition.name, ...aim, done },
      month: ofMonth === undefined ? null : { value: sofar, target: ofMonth, pace },
    };
  };
  const due = duesIn(await reads.standupPromises(spanOf(day, calendar)), spanOf(day, calendar), calendar, clock.now());
  return {
    day: today.name,
    sales: plan && {
      target: plan.value,
      basis: plan.basis,
      monthLeft: wholeMonth?.basis === 'own' && monthNet !== null && monthNet !== undefined ? wholeMonth.value - monthNet : null,
    },
    leads: goal(validLeads, leadsToday ?? null, leadsMonth ?? null),
    other: other ? goal(other, otherToday ?? null, otherMonth ?? null) : null,
    due: due.filter(({ state }) => state !== 'moved').length,
  };
}

function spanOf(day: number, calendar: ViewParts['calendar']): { from: number; to: number } {
  return { from: calendar.startOfDay(day), to: calendar.startOfDay(day + 1) };
}

/** Its own target of today, else an even share of the month's, in whole things. */
function dayTarget(
  targets: TargetBook,
  kpi: string,
  today: ReturnType<typeof periodOf>,
  month: ReturnType<typeof periodOf>,
): Pick<CountGoal, 'target' | 'basis'> | null {
  const own = targets.value({ kpi, grain: 'day', period: today.name });
  if (own !== undefined) return { target: own, basis: 'own' };
  const whole = targets.value({ kpi, grain: 'month', period: month.name });
  return whole === undefined ? null : { target: Math.ceil(whole / (month.to - month.from)), basis: 'month_share' };
}
