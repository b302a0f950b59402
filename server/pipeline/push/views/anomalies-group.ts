/** Figures far from usual right now, the worst first: what the wall says beside the figure it concerns. */
import type { AnomalyRow } from '../../../../shared/wire/views/overview.ts';
import type { Anomaly } from '../../../../shared/kpi/anomalies.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import type { ViewParts } from './view-parts.ts';

export async function anomaliesGroup({
  anomalies,
  calendar,
  clock,
}: Pick<ViewParts, 'anomalies' | 'calendar' | 'clock'>): Promise<readonly AnomalyRow[]> {
  const asOf = clock.now();
  const today = calendar.dayOf(asOf);
  const found = await anomalies.find({ from: today, to: today + 1, asOf });
  return found.anomalies
    .filter(({ until }) => until === null)
    .sort((a, b) => Math.abs(b.last.mads) - Math.abs(a.last.mads))
    .slice(0, rowCaps.anomalies)
    .map(rowOf);
}

function rowOf({ kpi, direction, severity, since, last, movedBy }: Anomaly): AnomalyRow {
  return {
    kpi,
    direction,
    severity,
    since: Date.parse(since),
    ratio: last.ratio,
    movedBy: movedBy?.broad === false ? movedBy.value : null,
  };
}
