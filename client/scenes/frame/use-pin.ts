/**
 * The scene that is pinned, which the address says: a wall that is reloaded stays where it was, and the browser's back
 * button leads back to the scene before.
 */
import { useCallback, useEffect, useState } from 'react';
import { scenePath, scenes } from '../../../shared/screens/scenes.ts';
import type { SceneId } from '../../../shared/screens/scenes.ts';

/** The scene that an address of the wall pins; null for `/`, which rotates. */
export function pinOf(path: string): SceneId | null {
  return scenes.find(({ id }) => scenePath(id) === path)?.id ?? null;
}

export function usePin(path: string): readonly [SceneId | null, (pin: SceneId | null) => void] {
  const [pin, setPin] = useState(() => pinOf(path));
  useEffect(() => {
    const moved = (): void => setPin(pinOf(window.location.pathname));
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, []);
  const choose = useCallback((next: SceneId | null): void => {
    setPin(next);
    const address = (next === null ? '/' : scenePath(next)) + window.location.search;
    // Walls change their scene thousands of times; only a person's own choice is a place to go back to.
    window.history.pushState(null, '', address);
  }, []);
  return [pin, choose];
}
