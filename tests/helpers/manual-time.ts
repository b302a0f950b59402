/** Time that moves only when a test says so: clock and timers in one, so that they never disagree. */
import type { ClockPort } from '../../server/pipeline/ports/clock.ts';
import type { Timers } from '../../server/pipeline/ports/timers.ts';

interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

export class ManualTime implements ClockPort, Timers {
  #wall: number;
  #elapsed = 0;
  #waiting: Waiting[] = [];

  constructor(wall: number) {
    this.#wall = wall;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, run: () => void): () => void {
    const waiting = { at: this.#elapsed + ms, run };
    this.#waiting.push(waiting);
    return () => {
      this.#waiting = this.#waiting.filter((w) => w !== waiting);
    };
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** When the next timer runs, in monotonic ms; Infinity without one. */
  get nextAt(): number {
    return this.#waiting.reduce((least, { at }) => Math.min(least, at), Infinity);
  }

  /** Lets `ms` pass and runs what falls due, each at its own time. */
  pass(ms: number): void {
    const end = this.#elapsed + ms;
    while (this.nextAt <= end) {
      const next = this.#waiting.reduce((first, w) => (w.at < first.at ? w : first));
      this.#waiting = this.#waiting.filter((w) => w !== next);
      this.#move(Math.max(0, next.at - this.#elapsed));
      next.run();
    }
    this.#move(end - this.#elapsed);
  }

  /** Somebody sets the wall clock; no time passes. */
  step(ms: number): void {
    this.#wall += ms;
  }

  #move(ms: number): void {
    this.#wall += ms;
    this.#elapsed += ms;
  }
}
