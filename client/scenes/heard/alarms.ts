/** Which stories a wall must be heard about. Pure. */
import type { StripCell, StripGroup } from '../../../shared/wire/views/strip.ts';
import { urgencyAt } from '../../state/urgency.ts';

/** One story in one round at one severity is told once. */
export const alarmKey = ({ incidentId, round, grade }: StripCell): string => `story ${incidentId} ${round} ${grade ?? '-'}`;

/** The stories that nobody claimed, less than 15 minutes from their deadline or past it, and that were not told of yet. */
export function alarmsOf(strip: StripGroup | undefined, now: number, told: (key: string) => boolean): readonly StripCell[] {
  return (strip?.cells ?? []).filter(
    (cell) => cell.status === 'open' && ['fire', 'breached'].includes(urgencyAt(cell, now)) && !told(alarmKey(cell)),
  );
}
