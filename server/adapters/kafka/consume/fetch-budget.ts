/**
 * Bounds how many bytes are fetched and not stored yet, over all partitions. While the store is
 * busy, small batches therefore collect and share a transaction instead of costing one each.
 */
import type { Partition } from './assignment.ts';
import type { Membership } from './membership.ts';

/** Total size of the values fetched ahead, over all partitions that may be read; one more batch per broker can be in flight. */
const budgetBytes = 5 * 1024 * 1024;
/**
 * How often a waiting batch asks the library for a heartbeat, so that the group keeps us; the library sends one only
 * when its interval has passed.
 */
const heartbeatMs = 1_000;

export class FetchBudget {
  readonly #member: Membership;
  #change = Promise.withResolvers<void>();

  constructor(member: Membership) {
    this.#member = member;
  }

  /** Makes every waiting batch check again whether it may be taken. */
  changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  /** Resolves to true once the partition may take another batch, and to false if it may not be read. Throws what `heartbeat` throws. */
  async wait(part: Partition, heartbeat: () => Promise<void>): Promise<boolean> {
    if (!this.#mayRead(part)) return false;
    if (this.#hasRoom()) return true;
    let failure: unknown;
    const timer = setInterval(() => {
      heartbeat().catch((error: unknown) => {
        failure = error;
        this.changed();
      });
    }, heartbeatMs);
    try {
      for (;;) {
        if (failure !== undefined) throw failure;
        if (!this.#mayRead(part)) return false;
        if (this.#hasRoom()) return true;
        await this.#change.promise;
      }
    } finally {
      clearInterval(timer);
    }
  }

  #mayRead(part: Partition): boolean {
    return part.ready && this.#member.isCurrent(part) && !this.#member.parts.pausedTopics.has(part.topic);
  }

  #hasRoom(): boolean {
    let bytes = 0;
    // Batches of a paused topic stay queued until it is resumed; if they counted, the other topics would have to wait.
    for (const { topic, waiting } of this.#member.partitions.values())
      if (!this.#member.parts.pausedTopics.has(topic)) for (const one of waiting) bytes += one.bytes;
    return bytes < budgetBytes;
  }
}
