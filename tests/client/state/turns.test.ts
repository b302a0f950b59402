import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../client/state/turns.ts';

/** A page whose frames are run by hand, and in which each turn takes some milliseconds. */
function page(turnMs: number) {
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  let now = 0;
  let hidden = false;
  const turns = createTurns({ frame: (run) => frames.push(run), clock: () => now, hidden: () => hidden });
  const runs = new Map<string, () => void>();
  return {
    turns,
    drawn,
    waiting: () => frames.length,
    hide: () => {
      hidden = true;
    },
    ask: (panel: string, key = panel) => {
      const run = () => {
        now += turnMs;
        drawn.push(panel);
      };
      if (!runs.has(panel)) runs.set(panel, run);
      turns.ask(key, runs.get(panel) ?? run);
    },
    frame: () => {
      frames.shift()?.();
      drawn.push('|');
    },
  };
}

describe('the turns of panels', () => {
  it('draw one panel a frame where a panel takes long, in the order they asked', () => {
    const p = page(5);
    for (const key of ['a', 'b', 'c']) p.ask(key);
    expect(p.drawn).toEqual([]);
    for (let i = 0; i < 3; i += 1) p.frame();
    expect(p.drawn).toEqual(['a', '|', 'b', '|', 'c', '|']);
    expect(p.waiting()).toBe(0);
  });

  it('draw several in one frame where they take no time', () => {
    const p = page(0.4);
    for (const key of ['a', 'b', 'c', 'd']) p.ask(key);
    p.frame();
    p.frame();
    expect(p.drawn).toEqual(['a', 'b', 'c', '|', 'd', '|']);
  });

  it('come to everybody, also where somebody asks in each frame', () => {
    const p = page(5);
    p.ask('a');
    p.ask('b');
    p.ask('a');
    p.frame();
    p.ask('a');
    p.frame();
    p.frame();
    expect(p.drawn).toEqual(['a', '|', 'b', '|', 'a', '|']);
  });

  it('of one key are had together', () => {
    const p = page(5);
    p.ask('sentence', 'landing');
    p.ask('channels');
    p.ask('hours', 'landing');
    p.frame();
    expect(p.drawn).toEqual(['sentence', 'hours', '|']);
  });

  it('wait for no frame where none is painted, and for none once they are given at once', () => {
    const p = page(5);
    p.ask('a');
    p.ask('b');
    p.turns.flush();
    expect(p.drawn).toEqual(['a', 'b']);
    p.frame();
    p.hide();
    p.ask('c');
    expect(p.drawn).toEqual(['a', 'b', '|', 'c']);
  });
});
