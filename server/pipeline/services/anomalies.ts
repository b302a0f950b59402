/** GET /api/anomalies: figures far from what is usual, of some days, as the ledger shows them now. */
import { anomalyKpis } from '../../../shared/kpi/anomalies.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { AnomalyWatch } from '../anomalies/watch.ts';
import type { ClockPort } from '../ports/clock.ts';
import { isRefusal, refuse } from '../ports/refusal.ts';
import { dayRange } from './day-range.ts';
import type { AnomalyService } from './services.ts';

/** Days shown where the question names none, and days of one question at most: each is learnt from forty others. */
const DAYS = 2;
const DAYS_MOST = 31;

export function createAnomalyService(parts: {
  readonly watch: AnomalyWatch;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
}): AnomalyService {
  const { watch, calendar, clock } = parts;
  return {
    async list({ kpi, ...asked }) {
      const asOf = clock.now();
      const range = dayRange(asked, calendar, asOf, DAYS);
      if (isRefusal(range)) return range;
      if (range.to - range.from > DAYS_MOST) {
        return refuse(400, 'range_too_long', `a question about anomalies spans ${DAYS_MOST} days at most`, { path: 'from' });
      }
      if (kpi !== null && !anomalyKpis.some((known) => known === kpi)) {
        return refuse(400, 'unknown_kpi', `“${kpi}” is not watched; these are: ${anomalyKpis.join(', ')}`, { path: 'kpi' });
      }
      const { kpis, anomalies } = await watch.find({ ...range, asOf });
      const wanted = (one: { readonly kpi: string }): boolean => kpi === null || one.kpi === kpi;
      return {
        asOf: new Date(asOf).toISOString(),
        timeZone: calendar.timeZone,
        kpis: kpis.filter(wanted),
        anomalies: anomalies.filter(wanted),
      };
    },
  };
}
