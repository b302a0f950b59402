/**
 * Creates one chart on one element and disposes of it. A chart that is not disposed keeps 0.2 MB
 * for as long as the page lives, which on a wall is weeks. The returned function undoes everything
 * that was created here and may be called several times.
 */
import type { FrameQueue } from './frame-queue.ts';

/** The part of an ECharts instance that is used. */
export interface ChartInstance<O> {
  setOption(option: O): void;
  resize(): void;
  /** Forgets what was drawn, so that the next option is drawn whole. */
  clear(): void;
  dispose(): void;
}

export interface ChartWorld<E, O> {
  init(element: E): ChartInstance<O>;
  /** Calls back on every change of size, including the first measurement; returns a function that stops it. */
  observeSize(element: E, changed: () => void): () => void;
  /** Calls back when the browser has given a canvas back that it had taken away, empty; returns a function that stops it. */
  observeLoss(element: E, restored: () => void): () => void;
  readonly frames: FrameQueue;
}

export interface ChartLife<O> {
  /** Paints the option in one of the next frames; of several options set before that frame only the last is painted. */
  show(option: O): void;
  end(): void;
}

export function beginChart<E, O>(world: ChartWorld<E, O>, element: E, key: string): ChartLife<O> {
  const chart = world.init(element);
  let option: O | null = null;
  let sizeChanged = false;
  let emptied = false;
  let ended = false;

  const paint = (): void => {
    if (ended) return;
    if (sizeChanged) chart.resize();
    sizeChanged = false;
    if (emptied) chart.clear();
    emptied = false;
    if (option !== null) chart.setOption(option);
  };
  const mark = (): void => world.frames.mark(key, paint);

  const stopObserving = world.observeSize(element, () => {
    sizeChanged = true;
    mark();
  });
  const stopWaiting = world.observeLoss(element, () => {
    emptied = true;
    mark();
  });

  return {
    show: (next) => {
      option = next;
      mark();
    },
    end: () => {
      if (ended) return;
      ended = true;
      world.frames.drop(key);
      stopObserving();
      stopWaiting();
      chart.dispose();
    },
  };
}
