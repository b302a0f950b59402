/**
 * The screens this workspace knows: their names and what each of them reported last. Reports come every few seconds from each
 * screen, so they are kept in memory and written to the store now and then; names are written at once.
 */
import type { PaintReport, ScreenState, ScreenView } from '../../../shared/screens/screen-report.ts';
import { behindMs, type Sample } from '../../domain/screens/behind.ts';
import { makeRoom, toForget } from '../../domain/screens/room.ts';
import { screenState } from '../../domain/screens/state.ts';
import type { Position } from '../../../shared/wire/protocol.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';
import type { ScreenRow } from '../ports/screen-store.ts';

/** Samples of the streams' positions older than this are dropped, ms. */
const SAMPLED_MS = 60_000;
/** A screen may report this many times at once, and then once for each of the intervals below. */
const BURST = 10;
const REFILL_MS = 1_000;

interface Kept extends ScreenRow {
  /** Monotonic ms of the last report; null = none since the start of this server. */
  readonly heardAt: number | null;
  /** Reports it may still send at `allowedAt`, monotonic ms. */
  readonly allowance: number;
  readonly allowedAt: number;
}

export interface BookParts {
  readonly reads: Pick<StoreReads, 'screens'>;
  readonly commit: Commit;
  readonly clock: ClockPort;
}

export interface ScreenBook {
  /** Takes a report; the answer is the screen's name. */
  report(id: string, report: PaintReport, receivedAt: number): Promise<{ readonly name: string | null } | Refusal>;
  rename(id: string, name: string | null): Promise<boolean>;
  forget(id: string): Promise<boolean>;
  /** undefined: no such screen. */
  nameOf(id: string): Promise<string | null | undefined>;
  views(): Promise<readonly ScreenView[]>;
  /** Remembers where the streams stand now. */
  sample(positions: Readonly<Record<string, Position>>): void;
  /** How many screens are in each state, and how many of those with a name have frozen. */
  count(): Promise<{ readonly byState: Readonly<Record<ScreenState, number>>; readonly named: number; readonly frozen: number }>;
  /** Writes what changed, and forgets screens that were not seen for long. */
  flush(): Promise<void>;
}

export function createScreenBook({ reads, commit, clock }: BookParts): ScreenBook {
  const known = new Map<string, Kept>();
  const dirty = new Set<string>();
  let samples: readonly Sample[] = [];
  let loading: Promise<void> | null = null;

  /** Read once; a store that is away is asked again by the next caller. */
  function load(): Promise<void> {
    loading ??= reads.screens().then(
      (rows) => {
        for (const row of rows) known.set(row.id, { ...row, heardAt: null, allowance: BURST, allowedAt: clock.monotonic() });
      },
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  }

  const rowOf = ({ id, name, registeredAt, seenAt, report }: Kept): ScreenRow => ({ id, name, registeredAt, seenAt, report });
  const write = (row: ScreenRow): Promise<void> => commit((tx) => tx.putScreens([row]));

  async function remove(id: string): Promise<void> {
    await commit((tx) => tx.forgetScreens([id]));
    known.delete(id);
    dirty.delete(id);
  }

  /** The screen as it is before its report counts; a new one takes a place. */
  async function admitted(id: string, receivedAt: number): Promise<Kept | Refusal> {
    const now = clock.monotonic();
    const before = known.get(id);
    if (before !== undefined) {
      const allowance = Math.min(BURST, before.allowance + (now - before.allowedAt) / REFILL_MS);
      return allowance < 1
        ? refuse(429, 'too_many_reports', 'this screen reports more often than once a second')
        : { ...before, allowance: allowance - 1, allowedAt: now };
    }
    const room = makeRoom([...known.values()], receivedAt);
    if (room === 'full') return refuse(409, 'too_many_screens', 'all places for screens are taken; forget some under /settings/screens');
    const screen = { id, name: null, registeredAt: receivedAt, seenAt: receivedAt, report: null };
    const kept = { ...screen, heardAt: now, allowance: BURST - 1, allowedAt: now };
    // The place is taken before anything is waited for, so that many new screens at once cannot go beyond the bound.
    known.set(id, kept);
    if (room !== null) await remove(room.forget);
    return kept;
  }

  const stateOf = ({ heardAt, report }: Kept): { readonly state: ScreenState; readonly behind: number | null } => {
    const now = clock.monotonic();
    const behind = report === null || heardAt === null ? null : behindMs(report.positions, samples, now);
    const silentMs = heardAt === null ? null : now - heardAt;
    return {
      state: screenState({ silentMs, visible: report?.visible ?? false, closed: report?.closed ?? false, behindMs: behind }),
      behind,
    };
  };

  const viewOf = (screen: Kept): ScreenView => {
    const { state, behind } = stateOf(screen);
    const { id, name, registeredAt, seenAt, report } = screen;
    return {
      ...{ id, name, state, registeredAt, seenAt, behindMs: behind },
      ...{ scene: report?.scene ?? null, paintedAt: report?.paintedAt ?? null, build: report?.build ?? null },
      ...{ size: report?.size ?? null, red: report?.red.length ?? 0 },
    };
  };

  return {
    async report(id, { name, ...report }, receivedAt) {
      await load();
      const screen = await admitted(id, receivedAt);
      if ('refused' in screen) return screen;
      const named = screen.name ?? name ?? null;
      const after: Kept = { ...screen, name: named, seenAt: receivedAt, heardAt: clock.monotonic(), report };
      known.set(id, after);
      dirty.add(id);
      if (named !== screen.name) {
        await write(rowOf(after));
        dirty.delete(id);
      }
      return { name: named };
    },
    async rename(id, name) {
      await load();
      const screen = known.get(id);
      if (screen === undefined) return false;
      const after = { ...screen, name };
      await write(rowOf(after));
      const now = known.get(id);
      if (now !== undefined) known.set(id, { ...now, name });
      return true;
    },
    async forget(id) {
      await load();
      if (!known.has(id)) return false;
      await remove(id);
      return true;
    },
    async nameOf(id) {
      await load();
      return known.get(id)?.name;
    },
    async views() {
      await load();
      return [...known.values()].map(viewOf);
    },
    sample(positions) {
      const at = clock.monotonic();
      samples = [...samples.filter((sample) => at - sample.at <= SAMPLED_MS), { at, positions }];
    },
    async count() {
      await load();
      const byState: Record<ScreenState, number> = { painting: 0, frozen: 0, hidden: 0, closed: 0, offline: 0 };
      let named = 0;
      let frozen = 0;
      for (const screen of known.values()) {
        const { state } = stateOf(screen);
        byState[state] += 1;
        if (screen.name === null) continue;
        named += 1;
        if (state === 'frozen') frozen += 1;
      }
      return { byState, named, frozen };
    },
    async flush() {
      await load();
      const gone = toForget(known.values(), clock.now());
      const changed = [...dirty].flatMap((id) => known.get(id) ?? []).map(rowOf);
      if (gone.length === 0 && changed.length === 0) return;
      dirty.clear();
      try {
        await commit(async (tx) => {
          await tx.putScreens(changed);
          await tx.forgetScreens(gone);
        });
      } catch (error) {
        for (const { id } of changed) dirty.add(id);
        throw error;
      }
      for (const id of gone) known.delete(id);
    },
  };
}
