// @vitest-environment happy-dom
import { act, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChartHost } from '../../../client/charts/chart-host.tsx';
import type { ChartWorld } from '../../../client/charts/chart-life.ts';
import type { ChartOption } from '../../../client/charts/echarts.ts';
import { createFrameQueue } from '../../../client/charts/frame-queue.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** Counts what is alive; a chart that was ended must not be drawn on. */
function world() {
  const alive = { charts: 0, observers: 0 };
  const drawn: ChartOption[] = [];
  const cleared = { times: 0 };
  const restore: (() => void)[] = [];
  const frames: (() => void)[] = [];
  const made: ChartWorld<HTMLElement, ChartOption> = {
    init: () => {
      alive.charts += 1;
      let ended = false;
      return {
        setOption: (option) => {
          if (ended) throw new Error('drawn after its end');
          drawn.push(option);
        },
        resize: () => undefined,
        clear: () => {
          cleared.times += 1;
        },
        dispose: () => {
          if (ended) throw new Error('ended twice');
          ended = true;
          alive.charts -= 1;
        },
      };
    },
    observeSize: (_element, changed) => {
      alive.observers += 1;
      changed();
      return () => {
        alive.observers -= 1;
      };
    },
    observeLoss: (_element, restored) => {
      alive.observers += 1;
      restore.push(restored);
      return () => {
        alive.observers -= 1;
      };
    },
    frames: createFrameQueue({ request: (run) => frames.push(run), hidden: () => false, onShown: () => undefined }),
  };
  const runFrames = (): void => {
    while (frames.length > 0) frames.shift()?.();
  };
  return { alive, drawn, cleared, restore, made, runFrames };
}

describe('the chart host', () => {
  let container: HTMLElement;
  beforeEach(() => {
    container = document.createElement('div');
  });

  it('leaves one chart with its observers alive after StrictMode’s double mount, and none after the end', () => {
    const w = world();
    const root = createRoot(container);
    const option: ChartOption = { series: [] };
    act(() => {
      root.render(
        <StrictMode>
          <ChartHost option={option} label="x" world={w.made} />
        </StrictMode>,
      );
    });
    expect(w.alive).toEqual({ charts: 1, observers: 2 });
    w.runFrames();
    expect(w.drawn).toEqual([option]);
    act(() => root.unmount());
    expect(w.alive).toEqual({ charts: 0, observers: 0 });
    w.runFrames();
  });

  it('keeps one chart over a thousand updates and paints only the newest of a frame', () => {
    const w = world();
    const root = createRoot(container);
    for (let i = 0; i < 1_000; i += 1) {
      act(() => root.render(<ChartHost option={{ series: [{ type: 'line', id: 'a', data: [i] }] }} label="x" world={w.made} />));
    }
    expect(w.alive).toEqual({ charts: 1, observers: 2 });
    w.runFrames();
    expect(w.drawn.length).toBe(1);
    expect(JSON.stringify(w.drawn[0])).toContain('999');
    act(() => root.unmount());
    expect(w.alive).toEqual({ charts: 0, observers: 0 });
  });

  it('draws anew what the browser took away with the memory of its graphics', () => {
    const w = world();
    const root = createRoot(container);
    const option: ChartOption = { series: [] };
    act(() => root.render(<ChartHost option={option} label="x" world={w.made} />));
    w.runFrames();
    expect([w.drawn.length, w.cleared.times]).toEqual([1, 0]);
    w.restore.at(-1)?.();
    w.runFrames();
    expect([w.drawn.length, w.cleared.times]).toEqual([2, 1]);
    act(() => root.unmount());
  });
});
