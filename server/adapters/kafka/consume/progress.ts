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
  /** When the position last was at the end of what may be read; null = not yet. */
  reachedAt: number | null;
  /** An end that was seen and is not reached yet, and when it was seen. */
  ahead: { readonly end: number; readonly at: number } | null;
}

export class Progress {
  readonly #stallMs: number;
  #lifeAt: number;
  readonly #partitions = new Map<string, PartitionProgress>();
  /** When each topic was last read to its end, also in an earlier session. */
  readonly #reachedEnd = new Map<string, number>();

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
    const reached = position >= readable;
    const reachedAt = reached ? now : (before?.reachedAt ?? null);
    const ahead = reached ? null : { end: readable, at: now };
    this.#partitions.set(name, { position, high, readable, movedAt: still ? before.movedAt : now, excused: false, reachedAt, ahead });
  }

  clear(): void {
    for (const name of this.#partitions.keys()) this.reachedEnd(topicOf(name));
    this.#partitions.clear();
  }

  moved(name: string, position: number, now: number): void {
    const at = this.#partitions.get(name);
    if (!at) return;
    if (position > at.position) at.movedAt = now;
    at.position = Math.max(position, at.position);
    if (at.ahead === null || at.position < at.ahead.end) return;
    at.reachedAt = Math.max(at.reachedAt ?? -Infinity, at.ahead.at);
    at.ahead = null;
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
    if (ends.readable === undefined) return;
    if (at.position >= ends.readable) at.reachedAt = now;
    else at.ahead ??= { end: ends.readable, at: now };
  }

  /** When every partition of a topic was last read to its end: a sign that what it comes from answers [S3]. null = never. */
  reachedEnd(topic: string): number | null {
    const reached = [...this.#partitions].filter(([name]) => topicOf(name) === topic).map(([, { reachedAt }]) => reachedAt ?? -Infinity);
    const all = reached.length === 0 ? -Infinity : Math.min(...reached);
    const last = Math.max(all, this.#reachedEnd.get(topic) ?? -Infinity);
    if (last === -Infinity) return null;
    this.#reachedEnd.set(topic, last);
    return last;
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

const topicOf = (partition: string): string => partition.slice(0, partition.lastIndexOf('/'));
