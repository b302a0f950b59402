/** Where the two direct labels of the hours chart stand without covering what they name. Shares of the plot, from its lower left. Pure. */
import { LABEL_SHARE } from '../../charts/hours-option.ts';
import type { HourBar, HoursRange } from '../../charts/hours-option.ts';

/** `before`: ends at x, so that the taller running bar right of it stays clear. */
type PeakSide = 'start' | 'middle' | 'end' | 'before';

export interface LabelPlaces {
  readonly peak: { readonly hour: number; readonly x: number; readonly y: number; readonly side: PeakSide };
  readonly planSide: 'start' | 'end';
  readonly planHeight: number | null;
}

/** A label is about this many hours wide. */
const LABEL_HOURS = 8;

export function labelPlaces(bars: readonly HourBar[], plan: number | null, range: HoursRange): LabelPlaces {
  const share = (value: number) => (value - range.min) / (range.max - range.min);
  // The running hour's height is a rate, so its amount is no peak to name.
  const whole = bars.filter((bar) => !bar.running);
  const named = (whole.length > 0 ? whole : bars).reduce((best, bar) => (bar.height > best.height ? bar : best));
  const centre = named.hour + 0.5;
  const plain = named.hour < LABEL_HOURS / 2 ? 'start' : named.hour > 24 - LABEL_HOURS / 2 ? 'end' : 'middle';
  const reach = { start: LABEL_HOURS, middle: centre + LABEL_HOURS / 2, end: 24 }[plain];
  // Only the running bar can be taller than the named one; it stands to its right.
  const running = bars.find((bar) => bar.running && bar.height > named.height && bar.hour < reach);
  const side: PeakSide = running && running.hour >= LABEL_HOURS * 0.75 ? 'before' : plain;
  const x = (side === 'before' && running ? running.hour : centre) / 24;
  // The plan's label goes to the end where bars are lower, and away from the peak's label where they are equal.
  const tallest = (from: number, to: number) => Math.max(0, ...bars.filter((b) => b.hour >= from && b.hour < to).map((b) => b.height));
  const left = tallest(0, LABEL_HOURS);
  const right = tallest(24 - LABEL_HOURS, 24);
  const planSide = left < right || (left === right && named.hour >= 12) ? 'start' : 'end';
  const planHeight = plan === null ? null : share(Math.max(0, plan));
  const top = share(Math.max(0, side === 'before' || !running ? named.height : running.height));
  // A label that would lie across the plan line stands on it instead.
  const crosses = planHeight !== null && planHeight >= top && planHeight < top + LABEL_SHARE;
  return { peak: { hour: named.hour, x, y: crosses ? planHeight : top, side }, planSide, planHeight };
}
