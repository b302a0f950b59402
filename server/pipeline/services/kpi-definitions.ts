/** GET /api/kpis/definitions: what each KPI is, with the versions of the rules it is read by. */
import type { KpiDefinitions, KpiDescription, KpiRuleVersion } from '../../../shared/kpi/definitions.ts';
import { grains } from '../../../shared/kpi/types.ts';
import { kpiDefinitions } from '../../domain/kpis/registry.ts';
import { partNames } from '../../domain/kpis/kpi-part.ts';
import { periodOf } from '../../domain/time/period.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';

export async function describeKpis(parts: ContextParts): Promise<KpiDefinitions> {
  const { reads, calendar, clock } = parts;
  const [contexts, readings] = await Promise.all([contextsOf(parts, { asOf: null, knownAt: null }), reads.policyHistory('readings')]);
  const context = contexts.of(periodOf('day', calendar.dayOf(clock.now())), []);
  const inOrder = [...readings].sort((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version);
  const today = context.readingsBook.on(context.period.from).version;
  return {
    definitions: kpiDefinitions.map((definition): KpiDescription => {
      const { id, name, formula, unit, better, dimensions, version, readings: fields = [] } = definition;
      const depends = fields.length > 0;
      const kpiParts = definition.parts?.(context);
      const later = inOrder.map(({ version: set, effectiveFrom, owner, reason }): KpiRuleVersion => ({
        ...{ version: version + set, owner, reason },
        from: calendar.formatDay(calendar.dayOf(effectiveFrom)),
      }));
      return {
        ...{ id, name, formula, unit, better, dimensions, grains },
        parts: kpiParts ? partNames(kpiParts) : [],
        ruleVersion: depends ? version + today : version,
        history: [{ version, from: null, owner: null, reason: null }, ...(depends ? later : [])],
      };
    }),
  };
}
