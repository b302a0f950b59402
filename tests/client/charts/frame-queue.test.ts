import { describe, expect, it } from 'vitest';
import { createFrameQueue } from '../../../client/charts/frame-queue.ts';

/** A page whose frames are run by hand. */
function page() {
  const frames: (() => void)[] = [];
  let hidden = false;
  let shown = (): void => undefined;
  const queue = createFrameQueue({
    request: (run) => frames.push(run),
    hidden: () => hidden,
    onShown: (run) => {
      shown = run;
    },
  });
  const painted: string[] = [];
  return {
    queue,
    painted,
    mark: (key: string, what = key) => queue.mark(key, () => painted.push(what)),
    waiting: () => frames.length,
    frame: () => frames.shift()?.(),
    hide: () => {
      hidden = true;
    },
    show: () => {
      hidden = false;
      shown();
    },
  };
}

describe('the frame queue', () => {
  it('paints one chart a frame, in the order they were marked', () => {
    const p = page();
    for (const key of ['a', 'b', 'c']) p.mark(key);
    expect(p.waiting()).toBe(1);
    p.frame();
    expect(p.painted).toEqual(['a']);
    p.frame();
    p.frame();
    expect(p.painted).toEqual(['a', 'b', 'c']);
    expect(p.waiting()).toBe(0);
  });

  it('paints only the latest of a chart, without losing its place', () => {
    const p = page();
    p.mark('a', 'a1');
    p.mark('b', 'b1');
    p.mark('a', 'a2');
    p.frame();
    p.frame();
    expect(p.painted).toEqual(['a2', 'b1']);
  });

  it('paints nothing while the page is hidden, and what is due once when it is shown', () => {
    const p = page();
    p.mark('a', 'a1');
    p.hide();
    p.frame();
    for (let i = 2; i < 50; i += 1) p.mark('a', `a${i}`);
    expect(p.painted).toEqual([]);
    p.show();
    p.frame();
    expect(p.painted).toEqual(['a49']);
    expect(p.waiting()).toBe(0);
  });

  it('forgets a chart that is gone', () => {
    const p = page();
    p.mark('a');
    p.queue.drop('a');
    p.frame();
    expect(p.painted).toEqual([]);
  });

  it('goes on with the next chart when one throws', () => {
    const p = page();
    p.queue.mark('bad', () => {
      throw new Error('no');
    });
    p.mark('good');
    expect(() => p.frame()).toThrow('no');
    p.frame();
    expect(p.painted).toEqual(['good']);
  });
});
