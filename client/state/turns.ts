/**
 * Lets the panels of a scene take in new figures one after the other, a few milliseconds a frame. One patch may change all of
 * a scene, and to draw it in one frame takes a television box a fifth of a second, in which no clock counts. Over a few frames
 * the figures of one patch stand beside those of the patch before it for a tenth of a second; the age that a screen may have
 * before it is marked is a hundred times as long. What must agree to the figure is drawn in one turn.
 */
export interface TurnWorld {
  /** `requestAnimationFrame`. */
  readonly frame: (run: () => void) => void;
  /** ms of a clock that is not set. */
  readonly clock: () => number;
  /** No frame is painted, so that nothing is gained by waiting for one. */
  readonly hidden: () => boolean;
}

export interface Turns {
  /**
   * Asks for a turn; those of one key have it together. Whoever asks again before it keeps the place, and takes in what is
   * newest when the turn comes.
   */
  ask(key: string, run: () => void): void;
  /** Gives everybody the turn at once. */
  flush(): void;
}

/**
 * After this long in one frame the others wait for the next one. The frame then lays out and paints what was drawn, which takes
 * as long again or longer, so that one panel with new figures fills it; panels that none of the figures concern share a frame.
 */
const FRAME_MS = 1;

export function createTurns({ frame, clock, hidden }: TurnWorld): Turns {
  // A Map keeps the order of the first asking, so that a panel that changes often does not delay the others.
  const waiting = new Map<string, Set<() => void>>();
  let asked = false;

  /** Answers whether somebody is left. */
  const next = (): boolean => {
    const first = waiting.entries().next();
    if (first.done) return false;
    const [key, runs] = first.value;
    waiting.delete(key);
    for (const run of runs) run();
    return waiting.size > 0;
  };
  const again = (): void => {
    if (asked || waiting.size === 0) return;
    asked = true;
    frame(() => {
      asked = false;
      const began = clock();
      try {
        while (next() && clock() - began < FRAME_MS);
      } finally {
        again();
      }
    });
  };

  return {
    ask: (key, run) => {
      if (hidden()) return run();
      waiting.set(key, (waiting.get(key) ?? new Set()).add(run));
      again();
    },
    flush: () => {
      while (next());
    },
  };
}
