/** Calls back when the page may have slept. The returned function removes all listeners. */
export function onWake(run: () => void): () => void {
  const shown = (): void => {
    if (!document.hidden) run();
  };
  document.addEventListener('visibilitychange', shown);
  window.addEventListener('online', run);
  window.addEventListener('pageshow', run);
  return () => {
    document.removeEventListener('visibilitychange', shown);
    window.removeEventListener('online', run);
    window.removeEventListener('pageshow', run);
  };
}
