/**
 * The change from one scene to the next without a blank frame: the next scene is mounted behind the one in sight, and takes
 * its place once its charts had time to be painted. A scene whose figures have not come yet is waited for.
 */
import { useEffect, useState } from 'react';
import type { SceneId } from '../../../shared/screens/scenes.ts';
import { useScreen } from '../../state/screen-context.tsx';
import { sceneOf } from '../all.ts';

/** Charts are painted one a frame; a television box draws ten frames in this time. */
const BEHIND_MS = 400;

export interface Curtain {
  /** The scene in sight; null before the first figures. */
  readonly front: SceneId | null;
  /** The scene that is made ready behind it. */
  readonly back: SceneId | null;
}

export function useCurtain(wanted: SceneId): Curtain {
  const [front, setFront] = useState<SceneId | null>(null);
  const ready = useScreen((screen) => screen.views[sceneOf[wanted].view] !== undefined);
  const first = ready && front === null;
  const changing = ready && front !== null && wanted !== front;
  useEffect(() => {
    if (first) setFront(wanted);
    if (!changing) return undefined;
    const timer = window.setTimeout(() => setFront(wanted), BEHIND_MS);
    return () => window.clearTimeout(timer);
  }, [first, changing, wanted]);
  return { front: first ? wanted : front, back: changing ? wanted : null };
}
