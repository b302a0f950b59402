/**
 * What our own clock told when something was received, and what it should have told [T8]. An _epoch_ is a time during which
 * the wall clock ran like elapsed time: one begins with each notable step and with each start of the machine. A receipt is
 * kept as the clock told it, with the number of its epoch; should a step show that an epoch was wrong, its `shiftMs` puts
 * every receipt of it right at once, however many there are.
 */
import { correctedStamp, STEP_MS, type ClockReading, type Correction } from './clock-steps.ts';

export interface ClockEpoch {
  /** Where it begins, as corrected so far, UTC ms. */
  readonly since: number;
  /** What receipts stamped in it are to be moved by, ms. */
  readonly shiftMs: number;
}

/** Plain JSON. Receipts without a number are of epoch 0. */
export interface ClockEpochs {
  /** Never empty; the last one is the present one. */
  readonly epochs: readonly ClockEpoch[];
  /** Number of the first one whose elapsed time can be compared with the present one. */
  readonly comparableFrom: number;
}

/**
 * The epochs after a reading of the clock; `before` itself where it changes nothing.
 * @param filled whether anything was received by now: what came before anybody kept epochs stays as it was stamped
 */
export function epochsAfter(before: ClockEpochs | null, reading: ClockReading, filled: boolean): ClockEpochs {
  const { correction, step, isComparable, state } = reading;
  const present: ClockEpoch = { since: state.last.wall, shiftMs: 0 };
  if (before === null) return filled ? { epochs: [present, present], comparableFrom: 1 } : { epochs: [present], comparableFrom: 0 };
  const { epochs, comparableFrom } = correction === null ? before : corrected(before, correction);
  if (isComparable && Math.abs(step ?? 0) < STEP_MS) return before;
  return { epochs: [...epochs, present], comparableFrom: isComparable ? comparableFrom : epochs.length };
}

/** Whether receipts stamped before the reading are read as another time since. */
export function movesReceipts(before: ClockEpochs | null, after: ClockEpochs): boolean {
  return before !== null && before.epochs.some(({ shiftMs }, i) => shiftMs !== after.epochs[i]?.shiftMs);
}

function corrected(book: ClockEpochs, correction: Correction): ClockEpochs {
  const epochs = book.epochs.map((epoch, i) => {
    if (i < book.comparableFrom) return epoch;
    const since = correctedStamp(correction, epoch.since);
    return { since, shiftMs: epoch.shiftMs + since - epoch.since };
  });
  return { ...book, epochs };
}
