/** Which quarantined records came under which clock, and how much later it was than that clock told [T8] [IC29]. */
import { expect, it } from 'vitest';
import { heldEpochsAfter, type HeldEpochs } from '../../../../server/domain/incidents/held-epochs.ts';

const HOUR = 3_600_000;
const none: HeldEpochs = { epochs: [], comparableFrom: 0 };
const step = (step: number) => ({ step, isComparable: true });
const still = { step: null, isComparable: true };
const start = { step: null, isComparable: false };

it('[IC29] records before a step are read by the clock behind it, whichever way and however often it steps', () => {
  const first = heldEpochsAfter(none, step(70 * HOUR), 3);
  expect(first.epochs).toEqual([{ after: 0, upTo: 3, laterMs: 70 * HOUR }]);
  const second = heldEpochsAfter(first, step(2 * HOUR), 5);
  expect(second.epochs).toEqual([
    { after: 0, upTo: 3, laterMs: 72 * HOUR },
    { after: 3, upTo: 5, laterMs: 2 * HOUR },
  ]);
  expect(heldEpochsAfter(second, step(-2 * HOUR), 5).epochs).toEqual([
    { after: 0, upTo: 3, laterMs: 70 * HOUR },
    { after: 3, upTo: 5, laterMs: 0 },
  ]);
});

it('[IC29] drift, and a reading that finds nothing, change nothing', () => {
  const held = heldEpochsAfter(none, step(HOUR), 3);
  expect(heldEpochsAfter(held, still, 9)).toBe(held);
  expect(heldEpochsAfter(held, step(59_999), 9)).toBe(held);
});

it('[IC29] nothing moves what came before the last start of the machine, or before anybody kept epochs', () => {
  const old = heldEpochsAfter(null, step(HOUR), 4);
  expect(heldEpochsAfter(old, step(HOUR), 6).epochs).toEqual([
    { after: 0, upTo: 4, laterMs: 0 },
    { after: 4, upTo: 6, laterMs: HOUR },
  ]);
  const started = heldEpochsAfter(heldEpochsAfter(none, step(HOUR), 3), start, 5);
  expect(heldEpochsAfter(started, step(2 * HOUR), 6).epochs).toEqual([
    { after: 0, upTo: 3, laterMs: HOUR },
    { after: 3, upTo: 5, laterMs: 0 },
    { after: 5, upTo: 6, laterMs: 2 * HOUR },
  ]);
});

it('[IC29] a clock that steps for ever leaves no more than a bounded list, and steps without records leave none', () => {
  let held: HeldEpochs = none;
  for (let i = 0; i < 100; i++) held = heldEpochsAfter(held, step(HOUR), 0);
  expect(held).toEqual(none);
  held = heldEpochsAfter(held, start, 1);
  for (let i = 2; i < 100; i++) held = heldEpochsAfter(held, step(HOUR), i);
  expect(held.epochs).toHaveLength(32);
  expect(held.epochs[0]).toEqual({ after: 67, upTo: 68, laterMs: 32 * HOUR });
  expect(held.epochs.at(-1)).toEqual({ after: 98, upTo: 99, laterMs: HOUR });
});
