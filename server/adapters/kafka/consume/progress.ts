/**
 * The progress alarm [I14]. A consumer can stop reading for good while its process lives
 * (tulios/kafkajs#659). The alarm is given heartbeats, fetches and positions, and it names what has
 * made no progress for too long; the process then ends and is started again.
 */
interface PartitionProgress {
  position: number;
  /** The offset that the next record will get. */
  high: number;
  /** The end of what may be read. Records beyond it belong to open transactions: they count as lag, but not as a stall. */
  readable: number;
  movedAt: number;
  excused: boolean;
}

export class Progress {
  readonly #stallMs: number;
  #lifeAt: number;
  readonly #partitions = new Map<string, PartitionProgress>();

  /** All times are monotonic ms. */
  constructor(stallMs: number, now: number) {
    this.#stallMs = stallMs;
    this.#lifeAt = now;
  }

  /** Records a heartbeat or a fetch. */
  life(now: number): void {
    this.#lifeAt = now;
  }

  /** Starts watching a partition at a position. Preparing the same partition again at the same position does not count as progress. */
  begin(name: string, position: number, { high, readable }: { high: number; readable: number }, now: number): void {
    const before = this.#partitions.get(name);
    const still = before !== undefined && before.readable > before.position && position <= before.position;
    this.#partitions.set(name, { position, high, readable, movedAt: still ? before.movedAt : now, excused: false });
  }

  clear(): void {
    this.#partitions.clear();
  }

  moved(name: string, position: number, now: number): void {
    const at = this.#partitions.get(name);
    if (!at) return;
    if (position > at.position) at.movedAt = now;
    at.position = Math.max(position, at.position);
  }

  /**
   * Records the ends of the log. As long as no record waits, the time without progress does not grow, so an idle
   * partition gets the full time from its first record on.
   */
  endAt(name: string, ends: { high: number; readable?: number }, now: number): void {
    const at = this.#partitions.get(name);
    if (!at) return;
    if (at.readable <= at.position) at.movedAt = now;
    at.high = ends.high;
    at.readable = ends.readable ?? at.readable;
  }

  /** Excuses a partition from the alarm while it is paused or while the store is unavailable. */
  excuse(name: string, excused: boolean, now: number): void {
    const at = this.#partitions.get(name);
    if (!at) return;
    if (at.excused) at.movedAt = now;
    at.excused = excused;
  }

  /** Number of records waiting, over all partitions; null before any partition is known. */
  lag(): number | null {
    if (this.#partitions.size === 0) return null;
    let sum = 0;
    for (const { position, high } of this.#partitions.values()) sum += Math.max(0, high - position);
    return sum;
  }

  /** One sentence about what has made no progress for too long; null = nothing. */
  stalled(now: number): string | null {
    for (const [name, at] of this.#partitions) {
      const waiting = at.readable - at.position;
      const still = now - at.movedAt;
      if (!at.excused && waiting > 0 && still > this.#stallMs)
        return `partition ${name} has ${waiting} records waiting and made no progress for ${Math.round(still / 1000)} s`;
    }
    const silent = now - this.#lifeAt;
    return silent > this.#stallMs ? `the consumer has neither fetched nor sent a heartbeat for ${Math.round(silent / 1000)} s` : null;
  }
}
