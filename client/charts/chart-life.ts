/**
 * The life of one chart on one element. A chart that is not disposed costs 0.2 MB for
 * ever, on a wall that runs for weeks: whatever is made here is unmade by the
 * function that comes back, however often it is called.
 */
import type { FrameQueue } from './frame-queue.ts';

/** What is needed of an ECharts instance. */
export interface ChartInstance<O> {
  setOption(option: O): void;
  resize(): void;
  dispose(): void;
}

export interface ChartWorld<E, O> {
  init(element: E): ChartInstance<O>;
  /** Calls back on every change of size, the first included; answers how to stop. */
  observeSize(element: E, changed: () => void): () => void;
  readonly frames: FrameQueue;
}

export interface ChartLife<O> {
  /** Paints the option in a coming frame; of several before that frame only the last. */
  show(option: O): void;
  end(): void;
}

export function beginChart<E, O>(world: ChartWorld<E, O>, element: E, key: string): ChartLife<O> {
  const chart = world.init(element);
  let option: O | null = null;
  let sizeChanged = false;
  let ended = false;

  const paint = (): void => {
    if (ended) return;
    if (sizeChanged) chart.resize();
    sizeChanged = false;
    if (option !== null) chart.setOption(option);
  };
  const mark = (): void => world.frames.mark(key, paint);

  const stopObserving = world.observeSize(element, () => {
    sizeChanged = true;
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
      chart.dispose();
    },
  };
}
