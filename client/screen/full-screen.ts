/** Full screen by the first gesture and by F. Browsers allow it only in answer to a gesture, so a page cannot ask by itself. */

const LEFT = 'warroom.leftFullScreen';
/** What people press for another reason. */
const CONTROLS = 'a, button, input, select, textarea, summary, [role="button"], [contenteditable]';

export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen({ navigationUI: 'hide' });
  } catch {
    // The browser has none, or does not take this for a gesture.
  }
}

function leftBefore(): boolean {
  try {
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false;
  }
}

/** Whoever leaves full screen means it: in this tab it is entered by F only from then on. The returned function ends it. */
export function fullScreenOnGesture(): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const first = (event: Event): void => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(CONTROLS) || document.fullscreenElement !== null || leftBefore()) return;
    void toggleFullScreen();
  };
  const changed = (): void => {
    if (document.fullscreenElement !== null) return;
    try {
      sessionStorage.setItem(LEFT, '1');
    } catch {
      // A browser that keeps nothing asks again at the next gesture.
    }
  };
  document.addEventListener('pointerup', first, { signal });
  document.addEventListener('fullscreenchange', changed, { signal });
  document.addEventListener(
    'keydown',
    ({ key, target, ctrlKey, metaKey, altKey }) => {
      if (ctrlKey || metaKey || altKey || !/^f$/iu.test(key)) return;
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return;
      void toggleFullScreen();
    },
    { signal },
  );
  return () => ended.abort();
}
