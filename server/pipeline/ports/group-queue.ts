/**
 * Items that wait while a run is under way share the next run, so that many small pieces of
 * work cost one commit, one fsync or one round trip. No run waits for company: an item that
 * comes while nothing runs is worked on at once, alone.
 */
export interface GroupRun<T> {
  /** Items that belong to no run yet, in the order they came, but those that go first before all others; never empty when the run begins. */
  readonly waiting: readonly T[];
  /** Makes the first `count` waiting items this run's own. Items that come before this call can still join. */
  take(count: number): readonly T[];
  /** The next run may begin now instead of at the end of this one. */
  release(): void;
}

/**
 * Works on the items it takes and resolves to one outcome for each of them, in order; an outcome may be a promise that
 * rejects. When it throws, every item it took fails with that error, and if it took none, every waiting item.
 */
export type GroupWork<T, R> = (run: GroupRun<T>) => Promise<readonly (R | PromiseLike<R>)[]>;

/** Resolves to the outcome of the item's run. */
export type GroupQueue<T, R> = (item: T) => Promise<R>;

interface Entry<T, R> {
  readonly item: T;
  readonly outcome: PromiseWithResolvers<R>;
}

/** @param goesFirst items that are taken before others that came earlier */
export function createGroupQueue<T, R>(work: GroupWork<T, R>, goesFirst: (item: T) => boolean = () => false): GroupQueue<T, R> {
  const waiting: Entry<T, R>[] = [];
  let running = false;

  async function runOnce(release: () => void): Promise<void> {
    let own: readonly Entry<T, R>[] = [];
    try {
      const outcomes = await work({
        get waiting() {
          return waiting.map(({ item }) => item);
        },
        take(count) {
          own = [...own, ...waiting.splice(0, count)];
          return own.map(({ item }) => item);
        },
        release,
      });
      if (own.length === 0 || outcomes.length !== own.length) {
        throw new Error(`a run of ${own.length} items ended with ${outcomes.length} outcomes`);
      }
      outcomes.forEach((outcome, i) => own[i]?.outcome.resolve(outcome));
    } catch (error) {
      for (const { outcome } of own.length > 0 ? own : waiting.splice(0)) outcome.reject(error);
    } finally {
      release();
    }
  }

  async function runAll(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const released = Promise.withResolvers<void>();
      void runOnce(released.resolve);
      await released.promise;
    }
    running = false;
  }

  return (item) => {
    const outcome = Promise.withResolvers<R>();
    const before = goesFirst(item) ? waiting.findIndex((other) => !goesFirst(other.item)) : -1;
    waiting.splice(before < 0 ? waiting.length : before, 0, { item, outcome });
    if (!running) void runAll();
    return outcome.promise;
  };
}
