/**
 * What is drawn of today by the hour. The running hour is a bar as wide as the others, full up to what came in and hollow up
 * to what the whole hour may bring. Pure; amounts are minor units.
 */
export interface HoursInput {
  /** Net sales of each hour; null = the hour has not begun. */
  readonly net: readonly (number | null)[];
  /** Plan of each hour. */
  readonly plan: readonly number[] | null;
  /** Net sales of each hour of the like day. */
  readonly ghost: readonly (number | null)[] | null;
  readonly currentHour: number;
  /** The part of the running hour that has passed, 0 … 1. */
  readonly fraction: number;
}

export interface HourBar {
  readonly hour: number;
  readonly amount: number;
  /** What the running hour may come to; null for every other, and while nothing can be said. */
  readonly projected: number | null;
}

/** Ten minutes as a part of an hour: before that, what came in says nothing of the hour. */
const LEAST_FRACTION = 1 / 6;
/** Whole hours whose pace the rest of the running one is expected to follow. */
const RECENT = 3;
/** A day that runs at less or more than this many times its plan is expected to come back to it. */
const MOST_PACE = 4;

export function hourBars(input: HoursInput): readonly HourBar[] {
  return input.net.flatMap((amount, hour): HourBar[] =>
    amount === null ? [] : [{ hour, amount, projected: hour === input.currentHour ? projectedHour(input, amount) : null }],
  );
}

/**
 * What came in and, for the rest of the hour, a rate between that of the hour so far and what is usual: the less of the hour
 * is over, the more the usual counts, so that one large order does not become a tower.
 */
function projectedHour(input: HoursInput, amount: number): number | null {
  const { fraction } = input;
  if (amount < 0 || fraction < LEAST_FRACTION || fraction >= 1) return null;
  const usual = usualHour(input);
  if (usual === null) return null;
  return amount + (1 - fraction) * (amount + (1 - fraction) * usual);
}

/** The plan of the hour at the pace of the hours before, else the mean of those, else the hour of the like day. */
function usualHour({ net, plan, ghost, currentHour }: HoursInput): number | null {
  const before = net.slice(Math.max(0, currentHour - RECENT), currentHour).map((amount) => amount ?? 0);
  const sold = sum(before);
  const planned = plan?.[currentHour];
  if (planned !== undefined && planned > 0) {
    const due = sum((plan ?? []).slice(currentHour - before.length, currentHour));
    return planned * (due > 0 ? Math.min(MOST_PACE, Math.max(1 / MOST_PACE, sold / due)) : 1);
  }
  if (before.length > 0 && sold > 0) return sold / before.length;
  return ghost?.[currentHour] ?? null;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/** Height of one line of a label, as a part of the full span of the bars. */
export const LABEL_SHARE = 0.18;

export interface HoursRange {
  readonly min: number;
  readonly max: number;
}

/** The value axis: from zero, with space above everything drawn for one line of a label. */
export function hoursRange(bars: readonly HourBar[], lines: readonly (readonly (number | null)[] | null)[]): HoursRange {
  const amounts = [
    ...bars.flatMap(({ amount, projected }) => [amount, projected ?? amount]),
    ...lines.flatMap((line) => (line ?? []).map((v) => v ?? 0)),
  ];
  const top = Math.max(1, ...amounts);
  const lowest = Math.min(0, ...amounts);
  // Space below a loss too: it has a label of its own.
  const bottom = lowest === 0 ? 0 : lowest - (top - lowest) * LABEL_SHARE;
  return { min: bottom, max: top + (top - bottom) * LABEL_SHARE };
}
