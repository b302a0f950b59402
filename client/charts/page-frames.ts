/** The page's one frame queue. */
import { createFrameQueue } from './frame-queue.ts';

export const pageFrames = createFrameQueue({
  request: (run) => {
    requestAnimationFrame(run);
  },
  hidden: () => document.hidden,
  onShown: (run) => {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) run();
    });
  },
});
