/** An instant with its date in the business time zone, for tables: 2026-11-23 14:35. */
import { dayOf, hourMinute, timeOfDay } from '../format/instant.ts';
import { useWorkspace } from '../state/screen-context.tsx';

export interface MomentWords {
  readonly short: (at: string | number) => string;
  /** With seconds. */
  readonly long: (at: string | number) => string;
}

export function useMomentWords(): MomentWords {
  const { timeZone } = useWorkspace();
  const instant = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));
  return {
    short: (at) => `${dayOf(instant(at), timeZone)} ${hourMinute(instant(at), timeZone)}`,
    long: (at) => `${dayOf(instant(at), timeZone)} ${timeOfDay(instant(at), timeZone)}`,
  };
}
