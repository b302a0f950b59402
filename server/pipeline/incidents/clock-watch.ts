/**
 * Watches the clock of this machine [T8]: says how far it may be trusted, corrects what was stamped under a wrong one in
 * the transaction that remembers the step, and keeps in the store what the next start needs to find a step by.
 */
import { correctSteps } from '../../domain/escalation/steps.ts';
import { decideCorrection } from '../../domain/incidents/correct-clocks.ts';
import {
  behindStore,
  correctedStamp,
  possibleCorrections,
  readClock,
  STEP_MS,
  type ClockReading,
  type ClockState,
  type Correction,
  type Reading,
} from '../../domain/incidents/clock-steps.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { Logger } from '../ports/logger.ts';
import type { Problems } from '../ports/problems.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import { incidentBatch } from './batch.ts';
import { dutiesAfterClock } from './duties-after-clock.ts';

/** A reading is remembered this often: a crash loses no more of it, and an idle store is hardly written to. */
const REMEMBER_MS = 5_000;
/** How long a step of the machine's clock stays on the screens. */
const STEP_SHOWN_MS = 5 * 60_000;
/** Incidents corrected between two writes: bounds memory. */
const PAGE = 200;

export interface MachineClock {
  /** ms since the machine started, sleep included. */
  uptime(): number;
  /** Names that start; null where the machine does not tell, so that no step is found over a restart. */
  readonly boot: string | null;
}

export interface ClockWatchParts {
  readonly commit: Commit;
  readonly clock: ClockPort;
  readonly machine: MachineClock;
  readonly calendar: Calendar;
  readonly problems: Problems;
  readonly logger: Logger;
}

/** What stamps made now have to say about themselves; both 0 while the clock is in no doubt. */
export interface ClockDoubt {
  /** How far the wall is ahead of what is believed, ms. */
  readonly clockAheadMs: number;
  /** How far it lies behind the newest row of the store, ms. */
  readonly clockBehindMs: number;
}

export interface ClockWatch {
  /** Reads the clock, corrects and remembers. Throws `Unavailable` with nothing changed: the next call finds the same step. */
  read(): Promise<{ readonly now: number; readonly trusted: number }>;
  /** As of the last reading; before the first one null. */
  doubt(): ClockDoubt | null;
  /** What the clock would have told at the moment of a stamp, should a step of it have been wrong: one answer for each such step. */
  otherwise(): readonly ((stamp: number) => number)[];
}

const otherwiseOf = (corrections: readonly Correction[]): ReturnType<ClockWatch['otherwise']> =>
  corrections.map((correction) => (stamp) => correctedStamp(correction, stamp));

export function createClockWatch({ commit, clock, machine, calendar, problems, logger }: ClockWatchParts): ClockWatch {
  let state: ClockState | null = null;
  let aheadMs = 0;
  let rememberedAt = -Infinity;
  let stepSeenAt: number | null = null;
  let reading: Promise<unknown> = Promise.resolve();

  async function remember(reading: ClockReading): Promise<void> {
    await commit(async (tx, touch) => {
      if (reading.correction && (await correct(tx, reading.correction, { now: reading.state.last.wall, stepMs: reading.step ?? 0 })))
        touch('incidents');
      if (Math.abs(reading.step ?? 0) >= STEP_MS) touch(...(await dutiesAfterStep(tx, reading)));
      await tx.putClockState(JSON.stringify(reading.state));
    });
    rememberedAt = clock.monotonic();
  }

  /** Mentions that came while the clock was wrong, or may have been, are decided again. */
  function dutiesAfterStep(tx: StoreTx, { correction, state: after }: ClockReading): Promise<readonly Touched[]> {
    const corrections = [...(correction === null ? [] : [correction]), ...possibleCorrections(after)];
    return dutiesAfterClock(tx, otherwiseOf(corrections), { now: after.last.wall, calendar });
  }

  /** The first reading of a process: what the last one remembered, and the rows it left. */
  async function restored(now: Reading): Promise<ClockReading> {
    const [stored, newest] = await commit((tx) => Promise.all([tx.clockState(), tx.newestStamp()]));
    return readClock(stored === undefined ? null : (JSON.parse(stored) as ClockState), now, newest ?? -Infinity);
  }

  function announce({ step, state: { held, setBack }, trusted }: ClockReading, now: Reading): void {
    const behindMs = state ? behindStore(state) : 0;
    if (step !== null) {
      logger.warn({ stepMs: step, held: held !== null, setBack }, 'the clock of this machine stepped');
      stepSeenAt = clock.monotonic();
      problems.raise('clock_step', 'deadlines');
    } else if (stepSeenAt !== null && held === null && clock.monotonic() - stepSeenAt >= STEP_SHOWN_MS) {
      stepSeenAt = null;
      problems.clear('clock_step', 'deadlines');
    }
    if (behindMs > 0) problems.raise('clock_behind_store', 'deadlines');
    else problems.clear('clock_behind_store', 'deadlines');
    aheadMs = now.wall - trusted;
  }

  async function read(): Promise<{ readonly now: number; readonly trusted: number }> {
    const now = { wall: clock.now(), elapsed: machine.uptime(), boot: machine.boot };
    const found = state === null ? await restored(now) : readClock(state, now);
    const changed = state === null || found.step !== null || (state.held === null) !== (found.state.held === null);
    if (changed || clock.monotonic() - rememberedAt >= REMEMBER_MS) await remember(found);
    state = found.state;
    announce(found, now);
    return { now: now.wall, trusted: found.trusted };
  }

  return {
    // One after the other: two readings that find the same step would correct it twice.
    read() {
      const next = reading.then(read);
      reading = next.catch(() => undefined);
      return next;
    },
    doubt: () => (state === null ? null : { clockAheadMs: aheadMs, clockBehindMs: behindStore(state) }),
    otherwise: () => (state === null ? [] : otherwiseOf(possibleCorrections(state))),
  };
}

/** True when an incident changed. */
async function correct(tx: StoreTx, correction: Correction, context: { readonly now: number; readonly stepMs: number }): Promise<boolean> {
  const ids = await tx.incidentsStampedFrom(correction.wrongFrom);
  let changed = false;
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE);
    const incidents = await Promise.all(page.map((id) => tx.incident(id)));
    const batch = incidentBatch();
    for (const incident of incidents) if (incident) batch.add(incident.id, incident, decideCorrection(incident, correction, context));
    changed = (await batch.write(tx)) || changed;
    // Behind the clocks, because steps of the ladder count from where a clock begins.
    const steps = Map.groupBy(await tx.escalationSteps(page), ({ incidentId }) => incidentId);
    const corrected = incidents.flatMap((stored) => {
      const incident = stored && (batch.state(stored.id) ?? stored);
      return incident ? correctSteps(steps.get(incident.id) ?? [], incident, (stamp) => correctedStamp(correction, stamp)) : [];
    });
    if (corrected.length > 0) await tx.putEscalationSteps(corrected);
    changed ||= corrected.length > 0;
  }
  return changed;
}
