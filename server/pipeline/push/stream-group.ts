/**
 * One group of a view in the stream: when it must be read again, what was read, what was sent to screens.
 * Marks made while a read is under way count for the next one, so the last value always gets out.
 */
export interface StreamGroup {
  readonly name: string;
  readonly reading: Promise<boolean> | null;
  readonly loaded: boolean;
  /** An alarm waits for its next read. */
  readonly urgent: boolean;
  /** What was sent to screens last. */
  readonly lastSent: unknown;
  /** Read and different from what was sent last. */
  readonly pending: { readonly value: unknown; readonly oldestAt: number; readonly urgent: boolean } | null;
  /** `at`: commit time, UTC ms. */
  mark(at: number, urgent: boolean): void;
  /** Monotonic time from which it may be read, given the earliest next tick; Infinity = nothing to do. */
  dueAt(tickAt: number, urgentAt: number): number;
  /** Makes it dirty when its time-driven refresh or its turn of the calendar has come. `now` monotonic, `at` UTC ms. */
  refresh(now: number, at: number): void;
  /** Monotonic time of the next of these, as seen from `now` and `at`; Infinity without one. */
  refreshAt(now: number, at: number): number;
  /** Starts a read at `at`, UTC ms; resolves to false when it failed with a fault that `tolerate` accepts. */
  read(now: () => number, at: number, tolerate: (error: unknown) => boolean): Promise<boolean>;
  /** The pending value becomes the last one sent. */
  markSent(): void;
}

/** After a failed read, ms. */
const RETRY_MS = 1_000;

export interface GroupTiming {
  readonly throttleMs: number;
  readonly refreshMs: number | undefined;
  /** The first instant after a moment, UTC ms, at which the group turns with the calendar. */
  readonly turnAfter: ((now: number) => number) | undefined;
}

export function streamGroup(name: string, timing: GroupTiming, createdAt: number, fetch: () => Promise<unknown>): StreamGroup {
  let dirtyAt: number | null = createdAt;
  let urgent = false;
  let lastRead = -Infinity;
  let retryAt = -Infinity;
  /** UTC ms, of the last read. */
  let turnAt = Infinity;
  let lastSentJson: string | undefined;
  let pendingJson: string | undefined;
  const group = {
    name,
    reading: null as Promise<boolean> | null,
    loaded: false,
    get urgent() {
      return urgent;
    },
    lastSent: undefined as unknown,
    pending: null as StreamGroup['pending'],
    mark(at: number, now: boolean): void {
      dirtyAt = dirtyAt === null ? at : Math.min(dirtyAt, at);
      urgent ||= now;
    },
    dueAt(tickAt: number, urgentAt: number): number {
      if (dirtyAt === null || group.reading !== null) return Infinity;
      return Math.max(retryAt, urgent ? Math.min(urgentAt, tickAt) : Math.max(tickAt, lastRead + timing.throttleMs));
    },
    refresh(now: number, at: number): void {
      // What a screen calls today must not be yesterday: it does not wait for a tick or a throttle.
      if (at >= turnAt) group.mark(at, true);
      else if (now >= group.refreshAt(now, at)) group.mark(at, false);
    },
    refreshAt(now: number, at: number): number {
      if (dirtyAt !== null || group.reading !== null) return Infinity;
      return Math.min(timing.refreshMs === undefined ? Infinity : lastRead + timing.refreshMs, now + Math.max(0, turnAt - at));
    },
    read(now: () => number, at: number, tolerate: (error: unknown) => boolean): Promise<boolean> {
      const oldestAt = dirtyAt ?? createdAt;
      const wasUrgent = urgent;
      dirtyAt = null;
      urgent = false;
      lastRead = now();
      turnAt = timing.turnAfter?.(at) ?? Infinity;
      const settle = async (): Promise<boolean> => {
        try {
          keep(await fetch(), oldestAt, wasUrgent);
          return true;
        } catch (error) {
          group.mark(oldestAt, wasUrgent);
          retryAt = now() + RETRY_MS;
          if (!tolerate(error)) throw error;
          return false;
        } finally {
          group.reading = null;
        }
      };
      return (group.reading = settle());
    },
    markSent(): void {
      if (group.pending === null) return;
      group.lastSent = group.pending.value;
      lastSentJson = pendingJson;
      group.pending = null;
      group.loaded = true;
    },
  };

  function keep(value: unknown, oldestAt: number, wasUrgent: boolean): void {
    const json = JSON.stringify(value);
    if (json === lastSentJson) {
      // Changed and changed back before it was sent.
      group.pending = null;
      return;
    }
    const before = group.pending;
    group.pending = {
      value,
      oldestAt: before === null ? oldestAt : Math.min(before.oldestAt, oldestAt),
      urgent: wasUrgent || (before?.urgent ?? false),
    };
    pendingJson = json;
  }
  return group;
}
