/**
 * Calls back at the head of every frame that the browser paints while the page is shown, before the frame is in the picture.
 * A timer that is overdue after a page stood still may come after the first frame; this call never does.
 */
export function onEachFrame(run: () => void): () => void {
  let frame = 0;
  const next = (): void => {
    frame = window.requestAnimationFrame(next);
    run();
  };
  frame = window.requestAnimationFrame(next);
  return () => window.cancelAnimationFrame(frame);
}
