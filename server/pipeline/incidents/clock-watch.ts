/**
 * Watches the clock of this machine [T8]: says how far it may be trusted, corrects what was stamped under a wrong one in
 * the transaction that remembers the step, and keeps in the store what the next start needs to find a step by.
 */
import { correctSteps } from '../../domain/escalation/steps.ts';
import { decideCorrection } from '../../domain/incidents/correct-clocks.ts';
import { epochsAfter, movesReceipts, type ClockEpochs } from '../../domain/incidents/clock-epochs.ts';
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
import { heldEpochsAfter, type HeldEpoch, type HeldEpochs } from '../../domain/incidents/held-epochs.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import { Unavailable } from '../ports/errors.ts';
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
  /** Receipts of events were corrected: whatever was made of them is to be made anew. `position`: of the ledger that is to be. */
  readonly onReceiptsCorrected: (position: number) => void;
}

/** What stamps made now have to say about themselves; both 0 while the clock is in no doubt. */
export interface ClockDoubt {
  /** How far the wall is ahead of what is believed, ms. */
  readonly clockAheadMs: number;
  /** How far it lies behind the newest row of the store, ms. */
  readonly clockBehindMs: number;
}

/** The time that receipts are stamped with, UTC ms, and the number of the epoch of the clock that tells it. */
export interface ReceiptClock {
  /** As the wall clock, but never across a step that was not noticed yet: until then it follows elapsed time. */
  now(): number;
  /** Throws `Unavailable` before the first reading. */
  epoch(): number;
}

export interface ClockWatch {
  /** Reads the clock, corrects and remembers. Throws `Unavailable` with nothing changed: the next call finds the same step. */
  read(): Promise<{ readonly now: number; readonly trusted: number }>;
  readonly receipts: ReceiptClock;
  /** What was quarantined under clocks that were left since: another list whenever it changed, empty before the first reading. */
  heldEpochs(): readonly HeldEpoch[];
  /** As of the last reading; before the first one null. */
  doubt(): ClockDoubt | null;
  /** The earliest it may be now, UTC ms, should a step of the last days have been wrong; null before the first reading. */
  earliest(): number | null;
  /** What the clock would have told at the moment of a stamp, should a step of it have been wrong: one answer for each such step. */
  otherwise(): readonly ((stamp: number) => number)[];
}

/** `ledgerAt`: the position of the ledger that is to be made anew; null where it stays. */
interface KeptEpochs {
  readonly book: ClockEpochs;
  readonly ledgerAt: number | null;
  readonly held: HeldEpochs;
}

const otherwiseOf = (corrections: readonly Correction[]): ReturnType<ClockWatch['otherwise']> =>
  corrections.map((correction) => (stamp) => correctedStamp(correction, stamp));

export function createClockWatch({ commit, clock, machine, calendar, problems, logger, onReceiptsCorrected }: ClockWatchParts): ClockWatch {
  /** What the next reading is compared with; null = what the store knows. */
  let state: ClockState | null = null;
  /** As of the last reading that was remembered. */
  let seen: ClockState | null = null;
  let book: ClockEpochs | null = null;
  let held: readonly HeldEpoch[] = [];
  let aheadMs = 0;
  let rememberedAt = -Infinity;
  let stepSeenAt: number | null = null;
  let reading: Promise<unknown> = Promise.resolve();

  async function remember(reading: ClockReading, isFirst: boolean): Promise<KeptEpochs | null> {
    const kept = await commit(async (tx, touch) => {
      const { correction, state: next } = reading;
      const { wall } = next.last;
      const stepMs = reading.step ?? 0;
      if (correction && (await correct(tx, correction, { now: wall, stepMs }))) touch('incidents');
      if (correction) await tx.settleStamps(correction.wrongFrom, wall, (stamp) => correctedStamp(correction, stamp));
      const isStep = Math.abs(stepMs) >= STEP_MS;
      const kept = isStep || isFirst ? await keepEpochs(tx, reading) : null;
      if (isStep) touch(...(await dutiesAfterStep(tx, reading)));
      await tx.putClockState(JSON.stringify(next));
      return kept;
    });
    rememberedAt = clock.monotonic();
    return kept;
  }

  /** A write that failed may be durable: what the store knows decides what the next reading finds. */
  function rememberOrForget(reading: ClockReading, isFirst: boolean): Promise<KeptEpochs | null> {
    return remember(reading, isFirst).catch((error: unknown) => {
      state = null;
      book = null;
      throw error;
    });
  }

  /** Puts receipts right that a step proved wrong, and begins an epoch where the clock tells another time than before. */
  async function keepEpochs(tx: StoreTx, reading: ClockReading): Promise<KeptEpochs> {
    const [text, position] = await Promise.all([tx.clockEpochs(), tx.ledgerPosition()]);
    const before: ClockEpochs | null = text === undefined ? null : JSON.parse(text);
    const after = epochsAfter(before, reading, position > 0);
    if (after !== before) await tx.putClockEpochs(JSON.stringify(after));
    const held = await keepHeld(tx, reading);
    return { book: after, held, ledgerAt: position > 0 && movesReceipts(before, after) ? await tx.renewLedger() : null };
  }

  async function keepHeld(tx: StoreTx, reading: ClockReading): Promise<HeldEpochs> {
    const [text, newest] = await Promise.all([tx.heldEpochs(), tx.newestQuarantined()]);
    const before: HeldEpochs | null = text === undefined ? null : JSON.parse(text);
    const after = heldEpochsAfter(before, reading, newest);
    if (after !== before) await tx.putHeldEpochs(JSON.stringify(after));
    return after;
  }

  /** Mentions that came while the clock was wrong, or may have been, are decided again. */
  function dutiesAfterStep(tx: StoreTx, { state: after }: ClockReading): Promise<readonly Touched[]> {
    return dutiesAfterClock(tx, otherwiseOf(possibleCorrections(after)), { now: after.last.wall, calendar });
  }

  /** The first reading of a process: what the last one remembered, and the rows it left. */
  async function restored(now: Reading): Promise<ClockReading> {
    const [stored, newest] = await commit((tx) => Promise.all([tx.clockState(), tx.newestStamp()]));
    return readClock(stored === undefined ? null : (JSON.parse(stored) as ClockState), now, newest ?? -Infinity);
  }

  function announce({ step, state: { held, setBack }, trusted }: ClockReading, now: Reading): void {
    const behindMs = seen ? behindStore(seen) : 0;
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
    const due = changed || clock.monotonic() - rememberedAt >= REMEMBER_MS;
    const kept = due ? await rememberOrForget(found, state === null) : null;
    // Both at once: a receipt is stamped by the one and carries the number of the other.
    state = seen = found.state;
    book = kept?.book ?? book;
    held = kept?.held.epochs ?? held;
    if (kept !== null && kept.ledgerAt !== null) onReceiptsCorrected(kept.ledgerAt);
    announce(found, now);
    return { now: now.wall, trusted: found.trusted };
  }

  const otherwise = (): ReturnType<ClockWatch['otherwise']> => (seen === null ? [] : otherwiseOf(possibleCorrections(seen)));

  return {
    // One after the other: two readings that find the same step would correct it twice.
    read() {
      const next = reading.then(read);
      reading = next.catch(() => undefined);
      return next;
    },
    receipts: {
      now() {
        const wall = clock.now();
        if (seen === null) return wall;
        const unnoticed = wall - seen.last.wall - (machine.uptime() - seen.last.elapsed);
        return Math.abs(unnoticed) >= STEP_MS ? Math.round(wall - unnoticed) : wall;
      },
      epoch() {
        if (book === null) throw new Unavailable('clock_unread', 'the clock of this machine was not looked at yet');
        return book.epochs.length - 1;
      },
    },
    heldEpochs: () => held,
    doubt: () => (seen === null ? null : { clockAheadMs: aheadMs, clockBehindMs: behindStore(seen) }),
    otherwise,
    earliest() {
      if (seen === null) return null;
      const now = clock.now();
      return otherwise().reduce((least, moved) => Math.min(least, moved(now)), now - aheadMs);
    },
  };
}

/** True when an incident changed. */
async function correct(tx: StoreTx, correction: Correction, context: { readonly now: number; readonly stepMs: number }): Promise<boolean> {
  const ids = await tx.incidentsStampedFrom(correction.wrongFrom);
  let changed = false;
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE);
    const incidents = [...(await tx.incidentsById(page)).values()];
    const batch = incidentBatch();
    for (const incident of incidents) batch.add(incident.id, incident, decideCorrection(incident, correction, context));
    changed = (await batch.write(tx)) || changed;
    // Behind the clocks, because steps of the ladder count from where a clock begins.
    const steps = Map.groupBy(await tx.escalationSteps(page), ({ incidentId }) => incidentId);
    const corrected = incidents.flatMap((stored) => {
      const incident = batch.state(stored.id) ?? stored;
      return correctSteps(steps.get(incident.id) ?? [], incident, (stamp) => correctedStamp(correction, stamp));
    });
    if (corrected.length > 0) await tx.putEscalationSteps(corrected);
    changed ||= corrected.length > 0;
  }
  return changed;
}
