/**
 * How many partitions may have a slice with the line at once. The store writes one after
 * the other in a thread of its own, so a second slice made no difference beyond noise
 * and fills the memory with what it has read.
 */
const atOnce = 1;

export class Hands {
  #free = atOnce;
  readonly #queue: (() => void)[] = [];

  /** Somebody waits for a free hand. */
  get awaited(): boolean {
    return this.#queue.length > 0;
  }

  /** Runs `work` in its turn: first come, first served. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
