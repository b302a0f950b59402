/**
 * What was quarantined under which clock [T8]. An event that seemed to lie in the future only because our clock was behind
 * is taken up once steps have set the clock right, so each quarantined record has to be read by the clock of now. They are
 * told apart by their numbers, because stamps of a clock that was set back come twice.
 */
import { STEP_MS, type ClockReading } from './clock-steps.ts';

export interface HeldEpoch {
  /** Quarantined records with numbers behind this one … */
  readonly after: number;
  /** … up to this one. */
  readonly upTo: number;
  /** How much later it was by the present clock than these records were stamped, ms. */
  readonly laterMs: number;
}

/** Plain JSON. */
export interface HeldEpochs {
  readonly epochs: readonly HeldEpoch[];
  /** Number of the first one whose elapsed time can be compared with the present one. */
  readonly comparableFrom: number;
}

/** Bounds what is remembered: each further step of the clock has to leave records in quarantine to count. */
const KEPT = 32;

/**
 * The epochs after a reading of the clock; `before` itself where it changes nothing.
 * @param newest number of the newest quarantined record, 0 where there is none
 */
export function heldEpochsAfter(
  before: HeldEpochs | null,
  { step, isComparable }: Pick<ClockReading, 'step' | 'isComparable'>,
  newest: number,
): HeldEpochs {
  const stepMs = step ?? 0;
  // Under which clock older records came is not known.
  if (before === null) return ended({ epochs: [], comparableFrom: 0 }, newest, false);
  if (isComparable && Math.abs(stepMs) < STEP_MS) return before;
  const { epochs, comparableFrom } = ended(before, newest, isComparable);
  return {
    comparableFrom,
    epochs: epochs.map((epoch, i) => (i < comparableFrom ? epoch : { ...epoch, laterMs: epoch.laterMs + stepMs })),
  };
}

function ended({ epochs, comparableFrom }: HeldEpochs, newest: number, isComparable: boolean): HeldEpochs {
  const after = epochs.at(-1)?.upTo ?? 0;
  const all = newest > after ? [...epochs, { after, upTo: newest, laterMs: 0 }] : epochs;
  const dropped = Math.max(0, all.length - KEPT);
  const kept = all.slice(dropped);
  return { epochs: kept, comparableFrom: isComparable ? Math.max(0, comparableFrom - dropped) : kept.length };
}
