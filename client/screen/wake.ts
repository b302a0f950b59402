/** Calls back when the page may have slept or was frozen by the browser. The returned function removes all listeners. */
export function onWake(run: () => void): () => void {
  const shown = (): void => {
    if (!document.hidden) run();
  };
  document.addEventListener('visibilitychange', shown);
  document.addEventListener('resume', run);
  window.addEventListener('focus', run);
  window.addEventListener('online', run);
  window.addEventListener('pageshow', run);
  return () => {
    document.removeEventListener('visibilitychange', shown);
    document.removeEventListener('resume', run);
    window.removeEventListener('focus', run);
    window.removeEventListener('online', run);
    window.removeEventListener('pageshow', run);
  };
}
