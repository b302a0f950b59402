/** Where the two direct labels of the hours chart stand without covering what they name. Shares of the plot, from its lower left. Pure. */
import type { HourBar, HoursRange } from '../../charts/hours-option.ts';

export interface LabelPlaces {
  readonly peak: { readonly hour: number; readonly x: number; readonly y: number; readonly side: 'start' | 'middle' | 'end' };
  readonly planSide: 'start' | 'end';
  readonly planHeight: number | null;
}

/** A label is about this many hours wide. */
const LABEL_HOURS = 7;

export function labelPlaces(bars: readonly HourBar[], plan: number | null, range: HoursRange): LabelPlaces {
  const span = range.max - range.min;
  const share = (value: number) => (value - range.min) / span;
  // The running hour's height is a rate, so its amount is no peak to name.
  const whole = bars.filter((bar) => !bar.running);
  const named = (whole.length > 0 ? whole : bars).reduce((best, bar) => (bar.height > best.height ? bar : best));
  const x = (named.hour + 0.5) / 24;
  const side = named.hour < LABEL_HOURS / 2 ? 'start' : named.hour > 24 - LABEL_HOURS / 2 ? 'end' : 'middle';
  const tallest = (from: number, to: number) => Math.max(0, ...bars.filter((b) => b.hour >= from && b.hour < to).map((b) => b.height));
  const peakAtStart = named.hour < LABEL_HOURS * 1.5;
  const left = tallest(0, LABEL_HOURS);
  const right = tallest(24 - LABEL_HOURS, 24);
  const planSide = left < right || (left === right && !peakAtStart) ? 'start' : 'end';
  // Above the named bar, and above the plan line where the label would lie across it.
  const y = share(Math.max(named.height, plan !== null && plan > named.height * 0.9 && plan < named.height * 1.15 ? plan : 0));
  return { peak: { hour: named.hour, x, y, side }, planSide, planHeight: plan === null ? null : share(plan) };
}
