/** Work that may run side by side, and work during which nothing else of it runs. */
export interface SharedTurns {
  /** Runs beside other shared work, after exclusive work that was asked for earlier. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Runs after everything asked for earlier has ended; what is asked for later waits for it. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

export function createSharedTurns(): SharedTurns {
  /** Settles when the last exclusive work asked for has ended. Never rejects. */
  let lastExclusive: Promise<unknown> = Promise.resolve();
  const sharing = new Set<Promise<unknown>>();
  return {
    shared(work) {
      const running = lastExclusive.then(work);
      const ended: Promise<unknown> = running.catch(() => undefined).then(() => sharing.delete(ended));
      sharing.add(ended);
      return running;
    },
    exclusive(work) {
      const running = Promise.all([lastExclusive, ...sharing]).then(work);
      lastExclusive = running.catch(() => undefined);
      return running;
    },
  };
}
