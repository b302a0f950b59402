/** How final a period's numbers are: live while it runs, settling until late facts have had 48 h, then closed. */
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Period } from '../time/period.ts';

export const SETTLING_MS = 48 * 3_600_000;

export function periodState(calendar: Calendar, period: Period, at: number): KpiValue['state'] {
  const end = calendar.startOfDay(period.to);
  if (at < end) return 'live';
  return at < end + SETTLING_MS ? 'settling' : 'closed';
}
