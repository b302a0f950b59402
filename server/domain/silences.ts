/**
 * How long a stream is used to be silent, by hour of the week (LI4): the 99th percentile of the gaps between its events that
 * touch the hour. A gap counts in each hour it touches, so that the middle of a night knows how long nights are. Pure.
 */

export const HOURS_OF_WEEK = 168;
/** A longer gap is an outage or the end of an import, and no habit. */
export const LONGEST_GAP_MS = 7 * 86_400_000;
const SHARE = 0.99;
/** An hour of the week that was seen in fewer weeks tells nothing yet. */
const WEEKS_ENOUGH = 3;

/** The gaps that touch one hour of the week: hour buckets modulo 168, of which 0 is 00:00 on a Thursday. */
export interface Silence {
  readonly hourOfWeek: number;
  /** Different weeks they were seen in. */
  readonly weeks: number;
  readonly p99Ms: number;
}

/** @param instants UTC ms, in order; @param hourBucket of the business calendar */
export function silencesOf(instants: readonly number[], hourBucket: (ms: number) => number): readonly Silence[] {
  const gaps = new Map<number, { readonly weeks: Set<number>; readonly lengths: number[] }>();
  const distinct = [...new Set(instants)];
  for (let i = 1; i < distinct.length; i++) {
    const [from, to] = [distinct[i - 1] ?? 0, distinct[i] ?? 0];
    if (to - from > LONGEST_GAP_MS) continue;
    const last = hourBucket(to - 1);
    for (let hour = hourBucket(from); hour <= last; hour++) {
      const hourOfWeek = hour % HOURS_OF_WEEK;
      const at = gaps.get(hourOfWeek) ?? { weeks: new Set(), lengths: [] };
      gaps.set(hourOfWeek, at);
      at.weeks.add(Math.floor(hour / HOURS_OF_WEEK));
      at.lengths.push(to - from);
    }
  }
  return [...gaps]
    .map(([hourOfWeek, { weeks, lengths }]) => ({ hourOfWeek, weeks: weeks.size, p99Ms: percentile(lengths) }))
    .toSorted((a, b) => a.hourOfWeek - b.hourOfWeek);
}

function percentile(lengths: readonly number[]): number {
  return lengths.toSorted((a, b) => a - b)[Math.ceil(SHARE * lengths.length) - 1] ?? 0;
}

/** The longest silence that is usual in an hour; null while too little is known. */
export function usualAt(silences: readonly Silence[], hourBucket: number): number | null {
  const found = silences.find(({ hourOfWeek }) => hourOfWeek === hourBucket % HOURS_OF_WEEK);
  return found && found.weeks >= WEEKS_ENOUGH ? found.p99Ms : null;
}
