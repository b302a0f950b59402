/** Which scene the wall shows now and why, by the policy, server time, the stories on the strip and what a person pinned. */
import { shownAt } from '../../../shared/screens/rotation.ts';
import type { Shown, WallMoment } from '../../../shared/screens/rotation.ts';
import { scenes } from '../../../shared/screens/scenes.ts';
import type { SceneId } from '../../../shared/screens/scenes.ts';
import type { StripGroup } from '../../../shared/wire/views/strip.ts';
import { dayOf, hourMinute } from '../../format/instant.ts';
import { minuteOf } from '../../../shared/screens/rotation.ts';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';
import type { Screen } from '../../state/screen-store.ts';
import { urgencyAt } from '../../state/urgency.ts';

export function momentAt(now: number, timeZone: string): WallMoment {
  const day = new Date(`${dayOf(now, timeZone)}T00:00:00Z`).getUTCDay();
  return { now, weekday: day === 0 ? 7 : day, minute: minuteOf(hourMinute(now, timeZone)) };
}

/** The strip is part of every scene's view; undefined before the first of them came. */
export function stripOf(screen: Screen): StripGroup | undefined {
  for (const { view } of scenes) {
    const strip = screen.views[view]?.strip;
    if (strip !== undefined) return strip;
  }
  return undefined;
}

/** Whether a story that nobody claimed is less than 15 minutes from its deadline, or past it. */
export function isFire(strip: StripGroup | undefined, now: number): boolean {
  return (strip?.cells ?? []).some((cell) => cell.status === 'open' && ['fire', 'breached'].includes(urgencyAt(cell, now)));
}

export function useShown(pinned: SceneId | null): Shown {
  const { wall, timeZone } = useWorkspace();
  const shown = (screen: Screen): Shown =>
    shownAt(wall, momentAt(screen.now, timeZone), { pinned, fire: isFire(stripOf(screen), screen.now) });
  const scene = useScreen((screen) => shown(screen).scene);
  const why = useScreen((screen) => shown(screen).why);
  return { scene, why };
}
