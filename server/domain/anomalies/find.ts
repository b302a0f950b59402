/** From looks to anomalies: where one begins, how long it lasts, how grave it is (AN4). */

/** What a look saw. */
export interface Look {
  /** The window it judged, UTC ms; it ends at the look. */
  readonly from: number;
  readonly at: number;
  readonly value: number;
  readonly usual: number;
  /** MADs away from what is usual; above 0 where it is more. */
  readonly mads: number;
}

export interface Found {
  readonly direction: 'above' | 'below';
  /** The look that found it, the look with the largest distance, and the last that still held it. */
  readonly first: Look;
  readonly peak: Look;
  readonly last: Look;
  /** Whether the newest look still holds it. */
  readonly lasts: boolean;
}

/**
 * So many MADs away a look finds an anomaly. On generated quiet days a lower bound flags more than once a week; a higher one
 * misses jumps of four MADs.
 */
export const FOUND_AT = 5.85;
const SEVERE_AT = 10;
/** A look still holds an anomaly at half of that, and one that comes back within two hours is the same one. */
const HELD_AT = FOUND_AT / 2;
const SAME_WITHIN_MS = 7_200_000;

/** Looks of one figure, in order. */
export function findAnomalies(looks: readonly Look[]): readonly Found[] {
  const found: Found[] = [];
  const newest = looks.at(-1);
  let one: { first: Look; peak: Look; last: Look } | undefined;
  const close = (): void => {
    if (one) found.push({ direction: one.first.mads > 0 ? 'above' : 'below', ...one, lasts: one.last === newest });
    one = undefined;
  };
  for (const look of looks) {
    const size = Math.abs(look.mads);
    if (one && look.at - one.last.at > SAME_WITHIN_MS) close();
    const same = one !== undefined && Math.sign(look.mads) === Math.sign(one.first.mads);
    if (one && same && size >= HELD_AT) {
      one.last = look;
      if (size > Math.abs(one.peak.mads)) one.peak = look;
    } else if (size >= FOUND_AT) {
      close();
      one = { first: look, peak: look, last: look };
    }
  }
  close();
  return found;
}

export const severityOf = ({ peak }: Found): 'notable' | 'severe' => (Math.abs(peak.mads) >= SEVERE_AT ? 'severe' : 'notable');
