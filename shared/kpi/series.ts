/** The shape of `GET /api/kpis/series`. */
import type { KpiValue } from './types.ts';

export const seriesSteps = ['hour', 'day', 'week', 'month'] as const;
export type SeriesStep = (typeof seriesSteps)[number];

export interface KpiSeries {
  readonly buckets: readonly {
    /** RFC 3339; `end` is exclusive. */
    readonly start: string;
    readonly end: string;
    readonly values: readonly KpiValue[];
  }[];
}
