/**
 * A receipt in the text of a version: what our clock told, and behind `~` the number of the epoch of the clock, unless it
 * is 0. Steps of the clock that proved wrong are put right where a receipt is read [T8], so that no fact is written again.
 */
import type { StatementSync } from 'node:sqlite';

/** What the store knows of itself, `meta`, has the epochs under this name. */
export const CLOCK_EPOCHS = 'clockEpochs';

/** By number of the epoch, what its receipts are to be moved by, ms. */
export type ClockShifts = readonly number[];

export interface Receipt {
  /** As corrected, UTC ms. */
  readonly at: number;
  readonly epoch: number;
}

export function receiptText(at: number, epoch: number, shifts: ClockShifts): string {
  const told = at - (shifts[epoch] ?? 0);
  return epoch === 0 ? String(told) : `${told}~${epoch}`;
}

export function readReceipt(text: string, shifts: ClockShifts): Receipt {
  const mark = text.indexOf('~');
  if (mark < 0) return { at: Number(text) + (shifts[0] ?? 0), epoch: 0 };
  const epoch = Number(text.slice(mark + 1));
  return { at: Number(text.slice(0, mark)) + (shifts[epoch] ?? 0), epoch };
}

/** Of what the store keeps of the epochs; nothing was ever moved where it keeps none. */
export function shiftsIn(text: unknown): ClockShifts {
  if (typeof text !== 'string') return [];
  const { epochs }: { readonly epochs: readonly { readonly shiftMs: number }[] } = JSON.parse(text);
  return epochs.map(({ shiftMs }) => shiftMs);
}

export function shiftsOf(prepare: (sql: string) => StatementSync): ClockShifts {
  return shiftsIn(prepare('select value from meta where name = ?').get(CLOCK_EPOCHS)?.['value']);
}
