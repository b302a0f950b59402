/**
 * The course of net sentiment over a day: one value an hour between −1 and +1 around a zero line in the middle; hours with a
 * small sample have none. The last value is a dot.
 */
import type { CSSProperties, ReactNode } from 'react';

const TALL = 100;
/** A day of small values is not drawn at the full height. */
const LEAST_REACH = 0.3;
/** Of the height, free above and below. */
const EDGE = 8;

export function PulseLine({
  hours,
  label,
  marked,
}: {
  readonly hours: readonly (number | null)[];
  readonly label: string;
  readonly marked: boolean;
}): ReactNode {
  const last = Math.max(1, hours.length - 1);
  const reach = Math.max(LEAST_REACH, ...hours.map((value) => Math.abs(value ?? 0)));
  const y = (value: number): number => Number((TALL / 2 - (value / reach) * (TALL / 2 - EDGE)).toFixed(2));
  const now = hours[hours.length - 1] ?? null;
  // A value without a neighbour is a short stroke, else it would not be seen.
  const path = hours
    .map((value, i) => {
      if (value === null) return '';
      const begins = (hours[i - 1] ?? null) === null;
      const lonely = begins && (hours[i + 1] ?? null) === null;
      return `${begins ? 'M' : 'L'}${i} ${y(value)}${lonely ? 'h0.01' : ''}`;
    })
    .join('');
  return (
    <>
      <svg className="pulse-drawing" viewBox={`0 0 ${last} ${TALL}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path className="pulse-zero" d={`M0 ${TALL / 2}H${last}`} />
        <path className="pulse-line" d={path} />
      </svg>
      {now !== null && <span className={`pulse-now ${marked ? 'marked' : ''}`} style={{ '--y': `${y(now)}%` } as CSSProperties} />}
    </>
  );
}

/** Start and length of the longest run of hours without a value; null when no run is at least `least` long. */
export function longestGap(hours: readonly (number | null)[], least: number): { readonly from: number; readonly length: number } | null {
  let best: { from: number; length: number } | null = null;
  let from = 0;
  for (let i = 0; i <= hours.length; i += 1) {
    if (i < hours.length && hours[i] === null) continue;
    const length = i - from;
    if (length >= least && (!best || length > best.length)) best = { from, length };
    from = i + 1;
  }
  return best;
}
