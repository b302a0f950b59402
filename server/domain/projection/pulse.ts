/** Net sentiment of the own brands over a day: bars of two hours, and whether and since when it has fallen. */
import type { PulseGroup } from '../../../shared/wire/views/sentiment.ts';
import { countsOf, windowOf, type SlotCount } from './sentiment.ts';

const HOURS = 24;
const HOURS_PER_SLOT = 2;

export const QUARTER_MS = 15 * 60_000;
const QUARTERS_PER_HOUR = 4;
/** So far below what is usual that it is marked, and so many hours with a value it takes to know what is usual. */
const FALL = 0.3;
const KNOWN_WINDOWS = 8;

/** @param counts by 24 slots of an hour that end now */
export function pulseOfDay(counts: readonly SlotCount[], own: readonly string[]): Pick<PulseGroup, 'slots' | 'lastHour' | 'lastDay'> {
  const ours = countsOf(counts, own);
  const ofHours = (from: number, to: number) => windowOf(ours.filter(({ slot }) => slot >= from && slot < to));
  const slots = Array.from({ length: HOURS / HOURS_PER_SLOT }, (_, i) => {
    const { positive, negative } = ofHours(i * HOURS_PER_SLOT, (i + 1) * HOURS_PER_SLOT);
    return { positive, negative };
  });
  return { slots, lastHour: ofHours(HOURS - 1, HOURS), lastDay: windowOf(ours) };
}

/**
 * The last hour of some day lies at least 0.3 below the median of all hours of that day, as they end at each quarter of an
 * hour. The fall began with the quarter that ended the first of the hours that have lain so low without a break.
 * @param counts by slots of a quarter of an hour, the first from `from` (UTC ms), the last one under way
 */
export function fallOf(counts: readonly SlotCount[], own: readonly string[], from: number): PulseGroup['fall'] {
  const ours = countsOf(counts, own);
  const last = ours.reduce((most, { slot }) => Math.max(most, slot), 0);
  const bySlot = Map.groupBy(ours, ({ slot }) => slot);
  const hours = Array.from({ length: last + 1 }, (_, end) =>
    end + 1 < QUARTERS_PER_HOUR
      ? null
      : windowOf(Array.from({ length: QUARTERS_PER_HOUR }, (__, back) => bySlot.get(end - back) ?? []).flat()).value,
  );
  const known = hours.filter((value) => value !== null).toSorted((a, b) => a - b);
  const usual = known[Math.floor(known.length / 2)];
  const now = hours.at(-1) ?? null;
  if (usual === undefined || now === null || known.length < KNOWN_WINDOWS || now > usual - FALL) return null;
  let first = last;
  while (first > 0 && (hours[first - 1] ?? usual) <= usual - FALL) first -= 1;
  return { since: from + first * QUARTER_MS, usual, now };
}
