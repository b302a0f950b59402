/**
 * What makes a page a kiosk: full screen, no pointer, no selection, no menu, no drag, no zoom. A page held in the hand is none:
 * it scrolls, and people copy from it.
 */
import { useEffect } from 'react';
import { fullScreenOnGesture } from './full-screen.ts';
import './kiosk.css';

/** The pointer disappears so long after it moved last. */
const POINTER_MS = 3_000;
/** The same condition as in reflow.css. */
const HANDHELD = '(max-width: 1100px), (max-aspect-ratio: 13/10)';

const prevent = (event: Event): void => event.preventDefault();

export function useKiosk(): void {
  useEffect(() => {
    if (window.matchMedia(HANDHELD).matches) return undefined;
    const root = document.documentElement;
    const ended = new AbortController();
    const { signal } = ended;
    let timer = 0;
    const moved = (): void => {
      delete root.dataset['pointer'];
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        root.dataset['pointer'] = 'hidden';
      }, POINTER_MS);
    };
    const zoomed = (event: WheelEvent): void => {
      if (event.ctrlKey) event.preventDefault();
    };
    root.dataset['kiosk'] = '';
    moved();
    for (const name of ['pointermove', 'pointerdown'] as const) document.addEventListener(name, moved, { signal });
    for (const name of ['contextmenu', 'dragstart', 'drop', 'dragover'] as const) document.addEventListener(name, prevent, { signal });
    document.addEventListener('wheel', zoomed, { signal, passive: false });
    const leaveFullScreen = fullScreenOnGesture();
    return () => {
      ended.abort();
      leaveFullScreen();
      window.clearTimeout(timer);
      delete root.dataset['kiosk'];
      delete root.dataset['pointer'];
    };
  }, []);
}
