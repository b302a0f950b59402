/** Which stories a wall must be heard about. Pure. */
import type { StripCell, StripGroup } from '../../../shared/wire/views/strip.ts';
import { redOf } from '../../state/fire.ts';

/** One story in one round at one severity is told once. */
export const alarmKey = ({ incidentId, round, grade }: StripCell): string => `story ${incidentId} ${round} ${grade ?? '-'}`;

/** The red stories that were not told of yet. */
export function alarmsOf(strip: StripGroup | undefined, now: number, told: (key: string) => boolean): readonly StripCell[] {
  return redOf(strip, now).filter((cell) => !told(alarmKey(cell)));
}
