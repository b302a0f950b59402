/** The urgency of a running clock. Colour, shape and word all follow from it, so it is computed in one place. */
import { FIRE_BELOW_MS, SOON_BELOW_MS } from '../../shared/wire/constants.ts';

export type Urgency = 'breached' | 'fire' | 'soon' | 'calm';

/** `breachedAt` comes from the server; a deadline that passed while the connection was lost counts as past too. */
export function urgencyAt(clock: { readonly dueAt: number; readonly breachedAt: number | null }, now: number): Urgency {
  const left = clock.dueAt - now;
  if (clock.breachedAt !== null || left <= 0) return 'breached';
  if (left < FIRE_BELOW_MS) return 'fire';
  return left < SOON_BELOW_MS ? 'soon' : 'calm';
}
