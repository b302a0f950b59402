/**
 * Bounds what is fetched ahead of the store: so many bytes over all partitions. Small
 * batches therefore grow while the store is busy, instead of costing it a transaction each.
 */
import type { Partition } from './assignment.ts';
import type { Membership } from './membership.ts';

/** Of values, over all partitions that may be read; one batch more of each broker comes on top. */
const roomBytes = 5 * 1024 * 1024;
/** While we wait the group must see us alive; the library sends no more than its interval wants. */
const pulseMs = 1_000;

export class FetchBudget {
  readonly #member: Membership;
  #change = Promise.withResolvers<void>();

  constructor(member: Membership) {
    this.#member = member;
  }

  /** Lets every batch that waits for room look again. */
  changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  /** True once the partition may take another batch, false when it may not be read; throws what `heartbeat` throws. */
  async wait(part: Partition, heartbeat: () => Promise<void>): Promise<boolean> {
    if (!this.#mayRead(part)) return false;
    if (this.#has()) return true;
    let failure: unknown;
    const pulse = setInterval(() => {
      heartbeat().catch((error: unknown) => {
        failure = error;
        this.changed();
      });
    }, pulseMs);
    try {
      for (;;) {
        if (failure !== undefined) throw failure;
        if (!this.#mayRead(part)) return false;
        if (this.#has()) return true;
        await this.#change.promise;
      }
    } finally {
      clearInterval(pulse);
    }
  }

  #mayRead(part: Partition): boolean {
    return part.ready && this.#member.isCurrent(part) && !this.#member.parts.pausedTopics.has(part.topic);
  }

  #has(): boolean {
    let bytes = 0;
    // What a pausedTopics topic holds moves for nobody: counting it would hold up the others.
    for (const { topic, waiting } of this.#member.partitions.values())
      if (!this.#member.parts.pausedTopics.has(topic)) for (const one of waiting) bytes += one.bytes;
    return bytes < roomBytes;
  }
}
