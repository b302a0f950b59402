/**
 * What every screen is told about its workspace, whatever it shows: at the connection, and again after a change
 * of policies that made a difference. One place for all views, so that no view carries a group for it.
 */
import type { Workspace } from '../../../shared/wire/workspace.ts';
import { Unavailable } from '../ports/errors.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { Timers } from '../ports/timers.ts';
import type { Touched } from '../ports/transaction.ts';

export interface WelcomeParts {
  readonly reads: Pick<StoreReads, 'policies'>;
  readonly timers: Timers;
  /** What does not change while the process runs; one without a name is called by its first own brand. */
  readonly workspace: Omit<Workspace, 'brandsSet' | 'wall'>;
  /** To every connected screen. */
  readonly send: (workspace: Workspace) => void;
}

export interface Welcome {
  /** Rejects with `Unavailable` while the store cannot be read. */
  current(): Promise<Workspace>;
  onCommit(touched: readonly Touched[]): void;
  /** Resolves after `stop`; rejects on a bug in a read. */
  run(): Promise<void>;
  stop(): void;
}

/** After a failed read, ms. */
const RETRY_MS = 1_000;

export function createWelcome({ reads, timers, workspace, send }: WelcomeParts): Welcome {
  let lastSent: string | null = null;
  let cancel = (): void => undefined;
  let stopped = false;
  const ended = Promise.withResolvers<void>();
  // A bug may show before anybody awaits `run`; it is still `run` that reports it.
  ended.promise.catch(() => undefined);

  async function current(): Promise<Workspace> {
    const { brands, wall } = await reads.policies();
    const now = { ...workspace, name: workspace.name || (brands.own[0] ?? ''), brandsSet: brands.own.length > 0, wall };
    lastSent ??= JSON.stringify(now);
    return now;
  }

  async function refresh(): Promise<void> {
    // Before the first connection there is nobody to tell.
    if (stopped || lastSent === null) return;
    try {
      const now = await current();
      if (JSON.stringify(now) === lastSent) return;
      lastSent = JSON.stringify(now);
      send(now);
    } catch (error) {
      if (!(error instanceof Unavailable)) return ended.reject(error);
      cancel();
      cancel = timers.after(RETRY_MS, () => void refresh());
    }
  }

  return {
    current,
    onCommit(touched) {
      if (touched.includes('policies')) void refresh();
    },
    run: () => ended.promise,
    stop() {
      stopped = true;
      cancel();
      ended.resolve();
    },
  };
}
