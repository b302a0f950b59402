/**
 * The option of the chart of net sentiment: one value per hour as a line between −1 and +1 around a zero line; hours
 * with a small sample have no value.
 */
import type { ChartOption } from './echarts.ts';
import type { Palette } from './palette.ts';

export interface PulseInput {
  readonly hours: readonly (number | null)[];
  readonly frozen: boolean;
  readonly marked: boolean;
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

export function pulseOption(input: PulseInput, palette: Palette): ChartOption {
  const u = palette.unit;
  const last = input.hours.length - 1;
  const colour = input.frozen ? palette.dead : palette.us;
  const dot = input.frozen ? palette.dead : input.marked ? palette.amber : palette.us;
  const lastValue = input.hours[last] ?? null;
  // The zero line stays in the middle, and a day of small values is not enlarged to the full height.
  const reach = Math.max(0.3, ...input.hours.map((value) => Math.abs(value ?? 0)));
  // A value without a neighbour on either side would not be visible as a line, so it is drawn as a dot.
  const lonely = (i: number) => input.hours[i] !== null && (input.hours[i - 1] ?? null) === null && (input.hours[i + 1] ?? null) === null;
  return {
    grid: { left: 2 * u, right: 8 * u, top: 8 * u, bottom: 8 * u },
    xAxis: { type: 'value', min: 0, max: Math.max(1, last), show: false },
    yAxis: { type: 'value', min: -reach, max: reach, show: false },
    series: [
      {
        id: 'zero',
        type: 'line',
        data: [
          [0, 0],
          [Math.max(1, last), 0],
        ],
        symbol: 'none',
        silent: true,
        lineStyle: { color: palette.mark, width: 1.5 * u },
      },
      {
        id: 'pulse',
        type: 'line',
        connectNulls: false,
        data: input.hours.map((value, i) => ({ value: [i, value], symbol: lonely(i) ? 'circle' : 'none', symbolSize: 6 * u })),
        silent: true,
        lineStyle: { color: colour, width: 4 * u },
        itemStyle: { color: colour },
      },
      {
        id: 'now',
        type: 'line',
        data: lastValue === null ? [] : [[last, lastValue]],
        symbol: 'circle',
        symbolSize: 13 * u,
        silent: true,
        itemStyle: { color: dot },
      },
    ],
  };
}
