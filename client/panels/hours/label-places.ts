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
  /** The hour of the largest loss; null without one. Its label hangs below its bar. */
  readonly lowest: { readonly hour: number; readonly x: number; readonly y: number; readonly side: 'start' | 'middle' | 'end' } | null;
  readonly planSide: 'start' | 'end';
  readonly planHeight: number | null;
}

/** The width of a label in hours, approximately. */
const LABEL_HOURS = 8;

export function labelPlaces(bars: readonly HourBar[], plan: readonly number[] | null, range: HoursRange): LabelPlaces {
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
  const planOver = (from: number, to: number) => (plan === null ? null : share(Math.max(0, ...plan.slice(from, to))));
  const planHeight = planSide === 'start' ? planOver(0, LABEL_HOURS) : planOver(24 - LABEL_HOURS, 24);
  const top = share(Math.max(0, side === 'before' || !running ? named.height : running.height));
  // A label that would be crossed by the plan line is placed above the line.
  const over = planOver(Math.max(0, named.hour - LABEL_HOURS / 2), named.hour + LABEL_HOURS / 2);
  const crosses = over !== null && over >= top && over < top + LABEL_SHARE;
  return { peak: { hour: named.hour, x, y: crosses ? over : top, side }, lowest: lowestOf(bars, share), planSide, planHeight };
}

function lowestOf(bars: readonly HourBar[], share: (value: number) => number): LabelPlaces['lowest'] {
  const lowest = bars.reduce<HourBar | null>((least, bar) => (bar.height < (least?.height ?? 0) ? bar : least), null);
  if (!lowest) return null;
  const side = lowest.hour < LABEL_HOURS / 2 ? 'start' : lowest.hour > 24 - LABEL_HOURS / 2 ? 'end' : 'middle';
  return { hour: lowest.hour, x: (lowest.hour + 0.5) / 24, y: share(lowest.height), side };
}
