/** Whether a story is red: nobody has claimed it, and its deadline is over or less than fifteen minutes away. */
import { scenes } from '../../shared/screens/scenes.ts';
import type { StripGroup } from '../../shared/wire/views/strip.ts';
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

export function isFire(strip: StripGroup | undefined, now: number): boolean {
  return (strip?.cells ?? []).some((cell) => cell.status === 'open' && ['fire', 'breached'].includes(urgencyAt(cell, now)));
}
