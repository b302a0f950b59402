/**
 * The progress alarm [I14]: a consumer can stop for good in a living process
 * (tulios/kafkajs#659). Fed with signs of life and positions, it says in words what
 * has stood still for too long; the process then ends and is started anew.
 */
export class Progress {
  readonly #stallMs: number;
  #lifeAt: number;
  readonly #partitions = new Map<string, { position: number; end: number; movedAt: number; excused: boolean }>();

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
  begin(name: string, position: number, end: number, now: number): void {
    const before = this.#partitions.get(name);
    const still = before !== undefined && before.end > before.position && position <= before.position;
    this.#partitions.set(name, { position, end, movedAt: still ? before.movedAt : now, excused: false });
  }

  drop(name: string): void {
    this.#partitions.delete(name);
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

  /** The log's end; nothing waiting counts as movement, so that idle partitions start their minute at the first record. */
  endAt(name: string, end: number, now: number): void {
    const at = this.#partitions.get(name);
    if (!at) return;
    if (at.end <= at.position) at.movedAt = now;
    at.end = end;
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
    for (const { position, end } of this.#partitions.values()) sum += Math.max(0, end - position);
    return sum;
  }

  /** One sentence when something has stood still too long, else null. */
  stalled(now: number): string | null {
    for (const [name, at] of this.#partitions) {
      const waiting = at.end - at.position;
      const still = now - at.movedAt;
      if (!at.excused && waiting > 0 && still > this.#stallMs)
        return `partition ${name} has ${waiting} records waiting and made no progress for ${Math.round(still / 1000)} s`;
    }
    const silent = now - this.#lifeAt;
    return silent > this.#stallMs ? `the consumer has neither fetched nor sent a heartbeat for ${Math.round(silent / 1000)} s` : null;
  }
}
