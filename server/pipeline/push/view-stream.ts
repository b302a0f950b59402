/**
 * The numbered stream of one view [S1]: a snapshot, then patches that carry the groups that changed, of lists the rows that did.
 * Commits only mark groups dirty; reads and patches follow at most ten times a second, however many commits there were, and the
 * last value always arrives. Alarms skip the wait. Nothing is read while nobody watches.
 */
import type { Patch, Position, Snapshot } from '../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import type { ClockPort } from '../ports/clock.ts';
import { Unavailable } from '../ports/errors.ts';
import { ledgerFault, type LedgerFault } from '../ports/ledger.ts';
import type { Touched } from '../ports/transaction.ts';
import type { Problems } from '../ports/problems.ts';
import { carriedBy, rowLists } from './row-lists.ts';
import { streamGroup, type StreamGroup } from './stream-group.ts';
import type { Timers } from '../ports/timers.ts';
import type { View } from './view.ts';

/** Shortest time between two ticks, ms. */
const TICK_MS = 100;
/** How long a snapshot waits for a group that may come by a patch, ms. */
const PATIENCE_MS = 2_000;
/** How long a finished group waits for others of its tick, so that they share a patch. */
const GATHER_MS = 20;

export interface ViewStreamParts {
  readonly clock: ClockPort;
  readonly timers: Timers;
  readonly problems: Problems;
  /** Names this run's numbering; drawn at random per process start. */
  readonly epoch: string;
  /** Whether any screen shows the view. */
  readonly watched: () => boolean;
  readonly emit: (patch: Patch) => void;
  /** A bug in a read; the process must end. */
  readonly failed: (error: unknown) => void;
}

export interface ViewStream {
  onCommit(touched: readonly Touched[], at: number): void;
  position(): Position;
  /**
   * The state as of `position()`, without the groups that still wait for the ledger. Rejects with `Unavailable` while the
   * store cannot be read.
   */
  snapshot(): Promise<Snapshot>;
  stop(): void;
}

/** A view with its group names as plain text: inside the stream all groups are alike. */
interface AnyView {
  readonly name: ViewName;
  readonly groups: readonly string[];
  affectedBy(touched: Touched): readonly string[];
  readonly refreshMs: Readonly<Record<string, number | undefined>>;
  readonly throttleMs: Readonly<Record<string, number | undefined>>;
  readonly mayWait?: readonly string[];
  readonly turnsAfter?: Readonly<Record<string, ((now: number) => number) | undefined>>;
  read(group: string): Promise<unknown>;
}

export function viewStream<V extends ViewName>(typed: View<V>, parts: ViewStreamParts): ViewStream {
  const view = typed as unknown as AnyView;
  const { clock, timers, problems, epoch, watched, emit, failed } = parts;
  const now = (): number => clock.monotonic();
  const groups = view.groups.map((name) => {
    const timing = { throttleMs: view.throttleMs[name] ?? 0, refreshMs: view.refreshMs[name], turnAfter: view.turnsAfter?.[name] };
    return streamGroup(name, timing, clock.now(), () => view.read(name));
  });
  const byName = new Map(groups.map((group) => [group.name, group]));

  let revision = 0;
  let lastTick = -Infinity;
  let lastFlush = -Infinity;
  let lastUrgentFlush = -Infinity;
  let gatheredSince: number | null = null;
  let idle = true;
  let stopped = false;
  let cancelTimer = (): void => undefined;
  let snapshotOf: Snapshot | null = null;
  let catchingUp: Promise<void> | null = null;

  /** What the ledger said to the last read of a group, by the group's name. */
  const faults = new Map<string, LedgerFault>();
  const mayWait = (group: StreamGroup): boolean => view.mayWait?.includes(group.name) ?? false;
  const waits = (group: StreamGroup): boolean => mayWait(group) && (faults.has(group.name) || group.reading !== null);

  /** Screens are told why a group does not come: the heartbeat carries the problem. */
  function noteFault({ name }: StreamGroup, fault: LedgerFault | undefined): void {
    const before = faults.get(name);
    if (before === fault) return;
    if (before !== undefined) problems.clear(before, `view ${view.name} ${name}`);
    faults.delete(name);
    if (fault === undefined) return;
    faults.set(name, fault);
    problems.raise(fault, `view ${view.name} ${name}`);
  }

  function tolerate(group: StreamGroup, error: unknown): boolean {
    if (!(error instanceof Unavailable)) return false;
    const fault = mayWait(group) ? ledgerFault(error) : undefined;
    if (fault === undefined) problems.raise('store_unavailable', `view ${view.name}`);
    else noteFault(group, fault);
    return true;
  }

  /** Reads a group; afterwards the stream looks what to send. */
  function read(group: StreamGroup): Promise<boolean> {
    const reading = group.read(now, clock.now(), (error) => tolerate(group, error));
    return reading.then((fine) => {
      if (fine) {
        problems.clear('store_unavailable', `view ${view.name}`);
        noteFault(group, undefined);
      }
      if (group.pending !== null) gatheredSince ??= now();
      return fine;
    });
  }

  function flush(): void {
    const ready = groups.filter((group) => group.pending !== null);
    gatheredSince = null;
    if (ready.length === 0) return;
    lastFlush = now();
    if (ready.some((group) => group.pending?.urgent)) lastUrgentFlush = lastFlush;
    const oldestAt = ready.reduce((least, group) => Math.min(least, group.pending?.oldestAt ?? Infinity), Infinity);
    const from = revision++;
    const carried = carriedBy(ready, rowLists[view.name] ?? {});
    for (const group of ready) group.markSent();
    snapshotOf = null;
    if (from === 0) return; // Nobody has a revision 0 to build on.
    emit({ epoch, revision, view: view.name, from, ...carried, oldestAt, sentAt: clock.now() });
  }

  /** When pending groups may go out; Infinity = none are pending. */
  function flushAt(): number {
    if (gatheredSince === null || revision === 0) return Infinity;
    if (groups.some((group) => group.pending?.urgent)) return lastUrgentFlush + TICK_MS;
    const gathering = groups.some((group) => group.reading !== null);
    return Math.max(lastFlush + TICK_MS, gathering ? gatheredSince + GATHER_MS : -Infinity);
  }

  function advance(): void {
    cancelTimer();
    if (stopped || catchingUp !== null) return;
    if (!watched()) {
      idle = true;
      return;
    }
    if (idle) return; // The first screen's snapshot starts the stream again.
    const time = now();
    for (const group of groups) group.refresh(time, clock.now());
    const due = groups.filter((group) => group.dueAt(lastTick + TICK_MS, lastUrgentFlush + TICK_MS) <= time);
    if (due.length > 0) lastTick = time;
    // The store answers reads in the order in which they were asked: an alarm does not wait behind figures.
    due.sort((a, b) => Number(b.urgent) - Number(a.urgent));
    for (const group of due) read(group).then(advance, failed);
    if (flushAt() <= time) flush();
    const next = groups.reduce(
      (least, group) => Math.min(least, group.refreshAt(now(), clock.now()), group.dueAt(lastTick + TICK_MS, lastUrgentFlush + TICK_MS)),
      flushAt(),
    );
    if (next < Infinity) cancelTimer = timers.after(Math.max(1, Math.ceil(next - now())), advance);
  }

  /** Waits for a read as long as a snapshot may; a later value comes by a patch. Resolves to false when it failed or is late. */
  function inTime(group: StreamGroup, reading: Promise<boolean>): Promise<boolean> {
    if (!mayWait(group)) return reading;
    return new Promise((resolve, reject) => {
      const cancel = timers.after(PATIENCE_MS, () => resolve(false));
      reading
        .then((fine) => {
          resolve(fine);
          advance();
        })
        .catch((error: unknown) => {
          failed(error);
          reject(error);
        })
        .finally(cancel);
    });
  }

  /** Brings every group up to date without waiting for ticks: at the first snapshot, and after nobody watched. */
  async function catchUp(): Promise<void> {
    const time = now();
    await Promise.all(groups.map((group) => inTime(group, group.reading ?? Promise.resolve(true))));
    for (const group of groups) group.refresh(time, clock.now());
    const stale = groups.filter((group) => group.dueAt(-Infinity, -Infinity) < Infinity);
    const fine = await Promise.all(stale.map((group) => inTime(group, read(group))));
    flush();
    const missing = groups.filter((group) => !group.loaded).concat(stale.filter((_, i) => fine[i] === false));
    if (revision === 0 || missing.some((group) => !waits(group))) {
      throw new Unavailable('view_unavailable', `the ${view.name} view cannot be read`);
    }
    idle = false;
  }

  return {
    onCommit(touched, at) {
      for (const part of touched) {
        const urgent = part === 'incidents';
        for (const name of view.affectedBy(part)) byName.get(name)?.mark(at, urgent);
      }
      advance();
    },
    position: () => ({ epoch, revision }),
    async snapshot() {
      if (idle || !watched()) {
        catchingUp ??= catchUp()
          .catch((error: unknown) => {
            if (!(error instanceof Unavailable)) failed(error);
            throw error;
          })
          .finally(() => {
            catchingUp = null;
            advance();
          });
        await catchingUp;
      }
      const state = Object.fromEntries(
        groups.filter((group) => group.loaded).map((group) => [group.name, group.lastSent]),
      ) as unknown as Snapshot['state'];
      return (snapshotOf ??= { epoch, revision, view: view.name, state, sentAt: clock.now() });
    },
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}
