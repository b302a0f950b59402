/**
 * Keeps long work from stalling the event loop: loops call `pace` now and then,
 * and it gives way once they have run long enough. A check costs one clock read;
 * a turn of the loop tens of microseconds, so a batch of thousands gives way a few times.
 * A slice is also how long an answer of the store's thread waits for the loop to take it up.
 */
const SLICE_MS = 3;

export interface Pacer {
  /** undefined: go on at once (no microtask is spent); a promise: give way first. */
  yieldIfDue(): Promise<void> | undefined;
}

export function createPacer(sliceMs: number = SLICE_MS): Pacer {
  let resumedAt = performance.now();
  let idle = true;
  /** Work that begins after the loop turned by itself starts a new slice. */
  const turned = (): void => {
    idle = true;
  };
  return {
    yieldIfDue() {
      const now = performance.now();
      if (idle) {
        idle = false;
        resumedAt = now;
        setImmediate(turned);
        return undefined;
      }
      if (now - resumedAt < sliceMs) return undefined;
      return new Promise((resolve) => {
        setImmediate(() => {
          resumedAt = performance.now();
          idle = false;
          setImmediate(turned);
          resolve();
        });
      });
    },
  };
}
