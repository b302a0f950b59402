/** The option of the chart of a number over time on a desk: one value per step as a line, the target as a rule, a picked moment as a line. */
import type { ChartOption } from './echarts.ts';
import type { Palette } from './palette.ts';

export interface SeriesInput {
  /** null: there is no value in this step. */
  readonly values: readonly (number | null)[];
  readonly labels: readonly string[];
  /** Index of the picked step; null: none is picked. */
  readonly picked: number | null;
  /** Whether length is compared, so that the axis begins at zero. */
  readonly fromZero: boolean;
  readonly written: (value: number) => string;
}

/** The fonts of the labels, as a page asks for them. */
export const seriesFonts = ['13px "Barlow Semi Condensed"', '13px "Noto Sans SC"'] as const;

/** Room for the labels of the axes, CSS px; whoever turns a pointer into a step needs them too. */
export const seriesGrid = { left: 64, right: 16, top: 12, bottom: 28 } as const;

export function seriesOption({ values, labels, picked, fromZero, written }: SeriesInput, palette: Palette): ChartOption {
  const lonely = (i: number): boolean => values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
  const font = { color: palette.ink2, fontSize: 13, fontFamily: 'Barlow Semi Condensed, Noto Sans SC, sans-serif' };
  return {
    grid: seriesGrid,
    xAxis: {
      type: 'category',
      data: [...labels],
      boundaryGap: true,
      axisLabel: { ...font, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.mark } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: !fromZero,
      splitNumber: 4,
      // A step of an axis is round: “80.0万” says no more than “80万”.
      axisLabel: { ...font, formatter: (value: number) => written(value).replace(/\.0+(?=\D*$)/u, '') },
      splitLine: { lineStyle: { color: palette.rule } },
    },
    series: [
      {
        id: 'values',
        type: 'line',
        connectNulls: false,
        data: values.map((value, i) => ({
          value,
          symbol: lonely(i) || i === picked ? 'circle' : 'none',
          symbolSize: i === picked ? 9 : 6,
        })),
        silent: true,
        lineStyle: { color: palette.us, width: 2 },
        itemStyle: { color: palette.us },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          label: { show: false },
          lineStyle: { color: palette.ink2, width: 1, type: 'dashed' },
          data: picked === null ? [] : [{ xAxis: picked }],
        },
      },
    ],
  };
}
