/** KPIs over many buckets: `GET /api/kpis/series`. */
import type { KpiValue } from './types.ts';

export const seriesSteps = ['hour', 'day', 'week', 'month'] as const;
export type SeriesStep = (typeof seriesSteps)[number];

export interface KpiBucket {
  /** First instant of the bucket and of the one after it, RFC 3339 in UTC. */
  readonly start: string;
  readonly end: string;
  /** One for each KPI and cell. */
  readonly values: readonly KpiValue[];
}

export interface KpiSeries {
  readonly asOf: string;
  readonly timeZone: string;
  readonly buckets: readonly KpiBucket[];
}
