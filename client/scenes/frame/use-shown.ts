/** Which scene the wall shows now and why, by the policy, server time, the stories on the strip and what a person pinned. */
import { shownAt } from '../../../shared/screens/rotation.ts';
import type { Shown, WallMoment } from '../../../shared/screens/rotation.ts';
import type { SceneId } from '../../../shared/screens/scenes.ts';
import { dayOf, hourMinute } from '../../format/instant.ts';
import { minuteOf } from '../../../shared/screens/rotation.ts';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { isFire, stripOf } from '../../state/fire.ts';
import type { Screen } from '../../state/screen-store.ts';

export function momentAt(now: number, timeZone: string): WallMoment {
  const day = new Date(`${dayOf(now, timeZone)}T00:00:00Z`).getUTCDay();
  return { now, weekday: day === 0 ? 7 : day, minute: minuteOf(hourMinute(now, timeZone)) };
}

export function useShown(pinned: SceneId | null): Shown {
  const { wall, timeZone } = useWorkspace();
  const shown = (screen: Screen): Shown =>
    shownAt(wall, momentAt(screen.now, timeZone), { pinned, fire: isFire(stripOf(screen), screen.now) });
  const scene = useScreen((screen) => shown(screen).scene);
  const why = useScreen((screen) => shown(screen).why);
  return { scene, why };
}
