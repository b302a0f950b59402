/** 获客 → 转化 → 留存 of the running month, and the stage that is short of the most customers. */
import type { WeakLinkGroup } from '../../../../shared/wire/views/standup.ts';
import { leadConversion } from '../../../domain/kpis/lead-conversion.ts';
import { repurchaseRate } from '../../../domain/kpis/repurchase.ts';
import { validLeads } from '../../../domain/kpis/valid-leads.ts';
import { judgedCohort, weakLink } from '../../../domain/projection/weak-link.ts';
import { elapsedShare, periodOf, previousPeriod, type Period } from '../../../domain/time/period.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf } from '../../figures/kpi-context.ts';
import type { ViewParts } from './view-parts.ts';

/** Months whose leads may be judged: the running one and two before it, so that one of them has come to its end. */
const COHORTS = 3;

export async function weakLinkGroup(parts: Pick<ViewParts, 'reads' | 'sums' | 'calendar' | 'clock'>): Promise<WeakLinkGroup> {
  const { sums, calendar } = parts;
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, [validLeads, leadConversion, repurchaseRate]);
  const month = periodOf('month', calendar.dayOf(contexts.asOf));
  const cohorts: Period[] = [month];
  while (cohorts.length < COHORTS) cohorts.push(previousPeriod(cohorts.at(-1) ?? month));
  const ask = (definition: typeof validLeads, period: Period) => ({
    ...{ definition, context: contexts.of(period, []), slice: { by: null, where: [] } },
  });
  const values = await askKpis(
    sums,
    [ask(validLeads, month), ask(repurchaseRate, month), ...cohorts.map((cohort) => ask(leadConversion, cohort))],
    contexts.cut,
  );
  const [leads, repurchase, ...conversions] = values.map(([whole]) => whole);
  const judged = judgedCohort(cohorts.map(({ name }, i) => ({ period: name, value: conversions[i] })));
  return weakLink({
    ...{ leads, repurchase, conversion: judged.value },
    elapsed: elapsedShare(calendar, month, contexts.asOf),
    days: month.to - month.from,
    periods: { leads: month.name, conversion: judged.period, repurchase: month.name },
  });
}
