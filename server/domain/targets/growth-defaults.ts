/**
 * What growth is held against where nobody has set a target: the plan's own figures for a year of business (organic visits
 * +15 % a quarter, newly signed customers +20 % a quarter, valid leads +20 % a month). A target of one's own takes their place.
 */
import type { Grain } from '../../../shared/kpi/types.ts';

export interface GrowthDefault {
  readonly kpi: string;
  readonly grain: Grain;
  readonly value: number;
}

export const growthDefaults: readonly GrowthDefault[] = [
  { kpi: 'growth.organic_visits', grain: 'quarter', value: 0.15 },
  { kpi: 'growth.new_customers', grain: 'quarter', value: 0.2 },
  { kpi: 'growth.valid_leads', grain: 'month', value: 0.2 },
];

export function growthDefault(kpi: string, grain: Grain): number | undefined {
  return growthDefaults.find((known) => known.kpi === kpi && known.grain === grain)?.value;
}
