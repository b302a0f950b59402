/** Whether a story is red: nobody has claimed it, and its deadline is over or less than fifteen minutes away. */
import { scenes } from '../../shared/screens/scenes.ts';
import type { StripCell, StripGroup } from '../../shared/wire/views/strip.ts';
import type { Screen } from './screen-store.ts';
import { urgencyAt } from './urgency.ts';

/** The strip is part of every scene's view; undefined before the first of them came. */
export function stripOf(screen: Pick<Screen, 'views'>): StripGroup | undefined {
  for (const { view } of scenes) {
    const strip = screen.views[view]?.strip;
    if (strip !== undefined) return strip;
  }
  return undefined;
}

/** Claimed stories may fill the cells, so that the nearest unclaimed one is looked at beside them. */
export function redOf(strip: StripGroup | undefined, now: number): readonly StripCell[] {
  if (strip === undefined) return [];
  const { cells, unclaimed } = strip;
  const behind = unclaimed !== null && !cells.some(({ incidentId }) => incidentId === unclaimed.incidentId) ? [unclaimed] : [];
  return [...cells, ...behind].filter((cell) => cell.status === 'open' && ['fire', 'breached'].includes(urgencyAt(cell, now)));
}

export const isFire = (strip: StripGroup | undefined, now: number): boolean => redOf(strip, now).length > 0;
