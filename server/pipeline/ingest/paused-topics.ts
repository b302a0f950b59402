/** Topics whose intake is stopped from outside, such as by too many bad records [I10], shown in the source's state. */
import type { SourceStatus } from './source-status.ts';

export class PausedTopics {
  readonly #status: SourceStatus;
  readonly #held = new Map<string, { reason: string; detail: string }>();

  constructor(status: SourceStatus) {
    this.#status = status;
  }

  has(topic: string): boolean {
    return this.#held.has(topic);
  }

  /** The latest reason is the one shown. */
  hold(topic: string, reason: string, detail: string): void {
    this.#held.delete(topic);
    this.#held.set(topic, { reason, detail });
    this.#show();
  }

  /** True when it was held. */
  release(topic: string): boolean {
    const held = this.#held.delete(topic);
    this.#show();
    return held;
  }

  #show(): void {
    const last = [...this.#held.values()].at(-1);
    if (last) this.#status.set('breaker', { state: 'stopped', ...last });
    else this.#status.clear('breaker');
  }
}
