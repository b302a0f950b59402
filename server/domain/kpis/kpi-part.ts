/** The parts a KPI can be taken apart into. */
import { kpiParts, type KpiPart } from '../../../shared/kpi/explain.ts';
import type { KpiDefinition, Part, Parts } from './definition.ts';

/** Names of the parts there are, in the order in which they are shown. */
export function partNames(parts: Parts): readonly KpiPart[] {
  return 'value' in parts ? ['value'] : ['numerator', 'denominator'];
}

export function partNamed(parts: Parts, name: KpiPart): Part | undefined {
  if ('value' in parts) return name === 'value' ? parts.value : undefined;
  return name === 'value' ? undefined : parts[name];
}

export function isPartName(text: string): text is KpiPart {
  return kpiParts.some((name) => name === text);
}

/** KPIs without parts are computed from figures of others: these can be explained. */
const madeOf: Readonly<Record<string, readonly string[]>> = {
  sales_landing_low: ['net_sales'],
  sales_landing_high: ['net_sales'],
};

/** KPIs a figure without parts is made of; empty where nothing is known of it. */
export function partsElsewhere({ id }: Pick<KpiDefinition, 'id'>): readonly string[] {
  return madeOf[id] ?? [];
}
