/**
 * Keys and taps of the wall, for a keyboard, a television's remote and a finger: arrows and digits choose a scene and pin it,
 * space and a tap pin and un-pin, L changes the language; Enter or the down arrow leads into the bar.
 */
import { useEffect, useEffectEvent } from 'react';
import { HANDHELD } from './use-handheld.ts';
import { sceneIds } from '../../../shared/screens/scenes.ts';
import type { SceneId } from '../../../shared/screens/scenes.ts';

export interface WallKeys {
  /** The scene in sight, or the one that is about to take its place. */
  readonly shown: SceneId;
  readonly pin: SceneId | null;
  readonly choose: (pin: SceneId | null) => void;
  readonly switchLanguage: () => void;
}

/** What is pressed for a reason of its own. */
const CONTROLS = 'a, button, input, select, textarea, summary, [role="button"], [role="dialog"], [contenteditable]';
const BAR = '.wall-nav a, .wall-nav button';

const bar = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(BAR)];

/** Moves the focus within the bar as a remote does; answers whether it did. */
function moveInBar(key: string): boolean {
  const items = bar();
  const at = items.findIndex((item) => item === document.activeElement);
  if (at < 0) return false;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (key === 'Escape') items[at]?.blur();
  else if (step === undefined) return false;
  else items[(at + step + items.length) % items.length]?.focus();
  return true;
}

/** What a key asks for, seen from the scene in sight; undefined where it asks for nothing. */
export function pinOfKey(key: string, shown: SceneId, pin: SceneId | null): SceneId | null | undefined {
  const at = sceneIds.indexOf(shown);
  if (key === 'ArrowRight' || key === 'PageDown') return sceneIds[(at + 1) % sceneIds.length];
  if (key === 'ArrowLeft' || key === 'PageUp') return sceneIds[(at + sceneIds.length - 1) % sceneIds.length];
  if (/^[1-9]$/u.test(key)) return sceneIds[Number(key) - 1];
  if (key === ' ') return pin === null ? shown : null;
  return undefined;
}

const isControl = (target: EventTarget | null): boolean => target instanceof Element && target.closest(CONTROLS) !== null;

export function useWallKeys({ shown, pin, choose, switchLanguage }: WallKeys): void {
  const pressed = useEffectEvent((event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (moveInBar(key)) return event.preventDefault();
    if (isControl(target)) return;
    if (key === 'Enter' || key === 'ArrowDown') {
      // The bar is drawn in answer to the same key.
      window.requestAnimationFrame(() => bar()[0]?.focus());
      return event.preventDefault();
    }
    if (/^l$/iu.test(key)) return switchLanguage();
    const next = pinOfKey(key, shown, pin);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  });
  const tapped = useEffectEvent(({ target }: MouseEvent): void => {
    // On a page in the hand a tap stops a scroll, and a selection is text to copy.
    if (window.matchMedia(HANDHELD).matches || window.getSelection()?.isCollapsed === false) return;
    if (!isControl(target)) choose(pin === null ? shown : null);
  });
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    document.addEventListener('keydown', (event) => pressed(event), { signal });
    document.addEventListener('click', (event) => tapped(event), { signal });
    return () => ended.abort();
  }, []);
}
