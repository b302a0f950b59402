/**
 * Places the two labels in the hours chart so that they do not cover what they name. Coordinates are parts of the plot
 * from its lower left corner. Pure.
 */
import { LABEL_SHARE } from '../../charts/hours-option.ts';
import type { HourBar, HoursRange } from '../../charts/hours-option.ts';

/** before = the label ends at x, so that it does not cover the taller running bar to its right. */
type PeakSide = 'start' | 'middle' | 'end' | 'before';

export interface LabelPlaces {
  readonly peak: { readonly hour: number; readonly x: number; readonly y: number; readonly side: PeakSide };
  readonly planSide: 'start' | 'end';
  readonly planHeight: number | null;
}

/** The width of a label in hours, approximately. */
const LABEL_HOURS = 8;

export function labelPlaces(bars: readonly HourBar[], plan: number | null, range: HoursRange): LabelPlaces {
  const share = (value: number) => (value - range.min) / (range.max - range.min);
  // The height of the running hour is a rate and no amount, so it cannot be the peak.
  const whole = bars.filter((bar) => !bar.running);
  const named = (whole.length > 0 ? whole : bars).reduce((best, bar) => (bar.height > best.height ? bar : best));
  const centre = named.hour + 0.5;
  const plain = named.hour < LABEL_HOURS / 2 ? 'start' : named.hour > 24 - LABEL_HOURS / 2 ? 'end' : 'middle';
  const reach = { start: LABEL_HOURS, middle: centre + LABEL_HOURS / 2, end: 24 }[plain];
  // Only the running bar can be taller than the peak, and it is to the right of it.
  const running = bars.find((bar) => bar.running && bar.height > named.height && bar.hour < reach);
  const side: PeakSide = running && running.hour >= LABEL_HOURS * 0.75 ? 'before' : plain;
  const x = (side === 'before' && running ? running.hour : centre) / 24;
  // The label of the plan is at the end with the lower bars; if both ends are equal, at the end away from the label of the peak.
  const tallest = (from: number, to: number) => Math.max(0, ...bars.filter((b) => b.hour >= from && b.hour < to).map((b) => b.height));
  const left = tallest(0, LABEL_HOURS);
  const right = tallest(24 - LABEL_HOURS, 24);
  const planSide = left < right || (left === right && named.hour >= 12) ? 'start' : 'end';
  const planHeight = plan === null ? null : share(Math.max(0, plan));
  const top = share(Math.max(0, side === 'before' || !running ? named.height : running.height));
  // A label that would be crossed by the plan line is placed above the line.
  const crosses = planHeight !== null && planHeight >= top && planHeight < top + LABEL_SHARE;
  return { peak: { hour: named.hour, x, y: crosses ? planHeight : top, side }, planSide, planHeight };
}
