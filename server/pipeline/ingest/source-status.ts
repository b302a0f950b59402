/**
 * How a source is doing, when several things may be wrong with it at once: each
 * trouble is kept under its own name, the gravest is shown, and when it goes away
 * the next one shows.
 */
import type { SourceHealth, SourceState } from '../../../shared/wire/freshness.ts';

/** Kinds of trouble, gravest first. */
const order = ['ended', 'connection', 'group', 'breaker', 'gap', 'store', 'topics'] as const;
export type TroubleKind = (typeof order)[number];

export interface Trouble {
  readonly state: SourceState;
  readonly reason: string;
  /** One sentence for people. */
  readonly detail: string;
}

/** A gap that nobody has acknowledged; null = there is none. */
export function showGap(status: SourceStatus, detail: string | null): void {
  if (detail === null) status.clear('gap');
  else status.set('gap', { state: 'gap', reason: 'gap', detail });
}

export class SourceStatus {
  readonly #source: SourceHealth['source'];
  readonly #now: () => number;
  readonly #onChange: (health: SourceHealth) => void;
  readonly #troubles = new Map<TroubleKind, Trouble & { since: number }>();
  #wellSince: number;

  constructor(source: SourceHealth['source'], now: () => number, onChange: (health: SourceHealth) => void = () => {}) {
    this.#source = source;
    this.#now = now;
    this.#onChange = onChange;
    this.#wellSince = now();
  }

  /** The same state and reason again keeps its `since`; only the words change. */
  set(kind: TroubleKind, trouble: Trouble): void {
    const before = this.#troubles.get(kind);
    const same = before?.state === trouble.state && before.reason === trouble.reason;
    this.#troubles.set(kind, { ...trouble, since: same ? before.since : this.#now() });
    if (!same) this.#onChange(this.health(null));
  }

  clear(kind: TroubleKind): void {
    if (!this.#troubles.delete(kind)) return;
    if (this.#troubles.size === 0) this.#wellSince = this.#now();
    this.#onChange(this.health(null));
  }

  has(kind: TroubleKind, reason?: string): boolean {
    const trouble = this.#troubles.get(kind);
    return trouble !== undefined && (reason === undefined || trouble.reason === reason);
  }

  health(lag: number | null): SourceHealth {
    const kind = order.find((k) => this.#troubles.has(k));
    const worst = kind && this.#troubles.get(kind);
    if (!worst) return { source: this.#source, state: 'running', reason: null, detail: null, since: this.#wellSince, lag };
    return { source: this.#source, state: worst.state, reason: worst.reason, detail: worst.detail, since: worst.since, lag };
  }
}
