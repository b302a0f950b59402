/**
 * Places the labels in the hours chart: each stands on everything drawn under it, in a stretch of hours of its own, so that
 * none covers a bar, a line or another label. Pure.
 */
import type { HourBar, HoursRange } from './hour-bars.ts';

export interface WantedLabel {
  readonly id: 'peak' | 'plan' | 'ghost';
  /** In hours of the axis, approximately. */
  readonly width: number;
  /** What the label names, by the hour: it stands where this is nearest below it. */
  readonly names: readonly (number | null)[];
  /** The hour it should stand at, where there is one. */
  readonly hour: number | null;
}
export interface PlacedLabel {
  readonly id: WantedLabel['id'];
  /** Middle and lower edge, as parts of the plot from its lower left corner. */
  readonly x: number;
  readonly y: number;
}

const HOURS = 24;
/** Free hours between two labels. */
const APART = 0.4;
const STEP = 0.5;
/** A label one hour off its own is as bad as one this part of the plot above what it names. */
const HOUR_COST = 0.08;

/** Labels in the order of their importance; one that finds no place is left out. */
export function placeLabels(
  labels: readonly WantedLabel[],
  bars: readonly HourBar[],
  lines: readonly (readonly (number | null)[] | null)[],
  range: HoursRange,
): readonly PlacedLabel[] {
  const skyline = Array.from({ length: HOURS }, (_, hour) =>
    Math.max(
      0,
      ...bars.filter((bar) => bar.hour === hour).flatMap(({ amount, projected }) => [amount, projected ?? 0]),
      ...lines.map((line) => line?.[hour] ?? 0),
    ),
  );
  const share = (value: number) => (value - range.min) / (range.max - range.min);
  const over = (from: number, to: number, of: readonly (number | null)[]) =>
    Math.max(0, ...of.slice(Math.max(0, Math.floor(from)), Math.ceil(to)).map((value) => value ?? 0));
  const taken: { from: number; to: number }[] = [];
  return labels.flatMap(({ id, width, names, hour }): PlacedLabel[] => {
    let best: { from: number; y: number; cost: number } | null = null;
    for (let from = 0; from <= HOURS - width; from += STEP) {
      const to = from + width;
      if (taken.some((other) => from < other.to + APART && other.from < to + APART)) continue;
      const top = over(from, to, skyline);
      const own = over(from, to, names);
      const away = hour === null ? 0 : Math.abs(from + width / 2 - (hour + 0.5));
      const cost = share(top) - share(own) + away * HOUR_COST;
      if (best === null || cost < best.cost - 1e-9) best = { from, y: share(top), cost };
    }
    if (best === null) return [];
    taken.push({ from: best.from, to: best.from + width });
    return [{ id, x: (best.from + width / 2) / HOURS, y: best.y }];
  });
}

/** The hour of the largest loss, whose label hangs below its bar; null without one. */
export function lowestBar(bars: readonly HourBar[]): HourBar | null {
  return bars.reduce<HourBar | null>((least, bar) => (bar.amount < (least?.amount ?? 0) ? bar : least), null);
}

/** The hour of the most sales, the running one left out: it is not over. null where no whole hour sold anything. */
export function highestBar(bars: readonly HourBar[], currentHour: number): HourBar | null {
  return bars.reduce<HourBar | null>((best, bar) => (bar.hour !== currentHour && bar.amount > (best?.amount ?? 0) ? bar : best), null);
}
