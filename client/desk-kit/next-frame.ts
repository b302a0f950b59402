/**
 * Resolves in the next frame: what takes a list of many pages in, one a frame, leaves the others to whoever scrolls. Where
 * nothing is painted nobody waits for a frame.
 */
export function nextFrame(): Promise<void> {
  return new Promise((done) => {
    if (document.hidden) return done();
    const ended = new AbortController();
    const go = (): void => {
      ended.abort();
      done();
    };
    window.requestAnimationFrame(go);
    document.addEventListener('visibilitychange', go, { signal: ended.signal });
    return undefined;
  });
}
