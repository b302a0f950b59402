/** Tells when a page may have slept. Listeners are registered once and handed back as one function. */
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
