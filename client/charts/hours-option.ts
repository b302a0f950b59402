/**
 * The option of the chart of today by the hour: bars from zero show the sales, the step line the plan.
 * The bar of the running hour is as wide as the part of the hour that has passed and as high as its
 * rate, so its area is its amount, and an hour that has just begun does not look like a bad one.
 */
import type { ChartOption, CustomSeriesOption } from './echarts.ts';
import type { Palette } from './palette.ts';

export interface HoursInput {
  /** Minor units per hour; null = the hour has not begun. */
  readonly net: readonly (number | null)[];
  /** Plan of each hour. */
  readonly plan: readonly number[] | null;
  readonly currentHour: number;
  /** The part of the running hour that has passed, 0 … 1. */
  readonly fraction: number;
  readonly frozen: boolean;
}

export interface HourBar {
  readonly hour: number;
  /** Width of the bar as a part of the width of an hour, 0 … 1. */
  readonly width: number;
  readonly height: number;
  readonly running: boolean;
}

/** Ten minutes as a part of an hour; before that, a rate says nothing. */
const LEAST_FRACTION = 1 / 6;

export function hourBars(input: HoursInput): readonly HourBar[] {
  return input.net.flatMap((amount, hour): HourBar[] => {
    if (amount === null) return [];
    if (hour !== input.currentHour) return [{ hour, width: 1, height: amount, running: false }];
    const width = Math.min(1, Math.max(LEAST_FRACTION, input.fraction));
    return [{ hour, width, height: amount / width, running: true }];
  });
}

/** Height of one line of a label, as a part of the full span of the bars. */
export const LABEL_SHARE = 0.18;

export interface HoursRange {
  readonly min: number;
  readonly max: number;
}

/** The value axis: from zero, with space above the bars for one line of a label. */
export function hoursRange(bars: readonly HourBar[], plan: readonly number[] | null): HoursRange {
  const heights = bars.map((bar) => bar.height);
  const top = Math.max(1, ...(plan ?? []), ...heights);
  const lowest = Math.min(0, ...heights);
  // Space below a loss too: it has a label of its own.
  const bottom = lowest === 0 ? 0 : lowest - (top - lowest) * LABEL_SHARE;
  return { min: bottom, max: top + (top - bottom) * LABEL_SHARE };
}

export function hoursOption(input: HoursInput, palette: Palette): ChartOption {
  const bars = hourBars(input);
  const range = hoursRange(bars, input.plan);
  const fill = input.frozen ? palette.dead : palette.us;
  const line = input.frozen ? palette.dead : palette.ink1;
  const u = palette.unit;
  const renderItem: CustomSeriesOption['renderItem'] = (_params, api) => {
    const [left, top] = api.coord([api.value(0), api.value(1)]) as [number, number];
    const [right, zero] = api.coord([Number(api.value(0)) + Number(api.value(2)), 0]) as [number, number];
    const gap = 4 * u;
    return {
      type: 'rect',
      shape: { x: left + gap / 2, y: Math.min(top, zero), width: Math.max(u, right - left - gap), height: Math.abs(zero - top) },
      style: { fill },
    };
  };
  return {
    grid: { left: 0, right: 0, top: 0, bottom: 0, containLabel: false },
    xAxis: { type: 'value', min: 0, max: 24, show: false },
    yAxis: { type: 'value', min: range.min, max: range.max, show: false },
    series: [
      {
        id: 'actual',
        type: 'custom',
        renderItem,
        encode: { x: 0, y: 1 },
        data: bars.map((bar) => [bar.hour, bar.height, bar.width]),
        silent: true,
        clip: true,
      },
      {
        id: 'zero',
        type: 'line',
        data: [
          [0, 0],
          [24, 0],
        ],
        symbol: 'none',
        silent: true,
        lineStyle: { color: palette.mark, width: 2 * u },
      },
      {
        id: 'plan',
        type: 'line',
        step: 'end',
        data: (input.plan ?? []).concat(input.plan?.at(-1) ?? []).map((amount, hour) => [hour, amount]),
        symbol: 'none',
        silent: true,
        lineStyle: { color: line, width: 3 * u },
      },
    ],
  };
}
