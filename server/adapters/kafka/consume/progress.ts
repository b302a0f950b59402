/**
 * The progress alarm [I14]: a consumer can stop for good in a living process
 * (tulios/kafkajs#659). Fed with signs of life and positions, it says in words what
 * has stood still for too long; the process then ends and is started anew.
 */
interface Standing {
  position: number;
  /** Offset the next record will get. */
  high: number;
  /** End of what may be read; what lies beyond belongs to open transactions: it is lag, but nobody's fault here. */
  readable: number;
  movedAt: number;
  excused: boolean;
}

export class Progress {
  readonly #stallMs: number;
  #lifeAt: number;
  readonly #partitions = new Map<string, Standing>();

  /** Times are monotonic ms. */
  constructor(stallMs: number, now: number) {
    this.#stallMs = stallMs;
    this.#lifeAt = now;
  }

  /** The group or the fetch loop did something. */
  life(now: number): void {
    this.#lifeAt = now;
  }

  /** A partition is ours from here on, at this position. Learning its place anew is no progress. */
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

  /** The log's ends; nothing waiting counts as movement, so that idle partitions start their minute at the first record. */
  endAt(name: string, ends: { high: number; readable?: number }, now: number): void {
    const at = this.#partitions.get(name);
    if (!at) return;
    if (at.readable <= at.position) at.movedAt = now;
    at.high = ends.high;
    at.readable = ends.readable ?? at.readable;
  }

  /** Standing still on purpose: paused, or waiting for the store. */
  excuse(name: string, excused: boolean, now: number): void {
    const at = this.#partitions.get(name);
    if (!at) return;
    if (at.excused) at.movedAt = now;
    at.excused = excused;
  }

  /** Records waiting, all partitions; null before any is known. */
  lag(): number | null {
    if (this.#partitions.size === 0) return null;
    let sum = 0;
    for (const { position, high } of this.#partitions.values()) sum += Math.max(0, high - position);
    return sum;
  }

  /** One sentence when something has stood still too long, else null. */
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
