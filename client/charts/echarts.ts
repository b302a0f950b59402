/** The only importer of ECharts, so that the bundle contains only the parts that are used. */
import { CustomChart, LineChart } from 'echarts/charts';
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import type { GridComponentOption, MarkLineComponentOption } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { ComposeOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { ChartInstance } from './chart-life.ts';

register([LineChart, CustomChart, GridComponent, MarkLineComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<LineSeriesOption | CustomSeriesOption | GridComponentOption | MarkLineComponentOption>;
export type { CustomSeriesOption };

/** Options are merged by the ids of their series; animation is off for all charts. */
export function initChart(element: HTMLElement): ChartInstance<ChartOption> {
  const chart = init(element, null, { renderer: 'canvas' });
  return {
    setOption: (option) => chart.setOption({ animation: false, ...option }, { lazyUpdate: false, silent: true }),
    resize: () => chart.resize(),
    clear: () => chart.clear(),
    dispose: () => chart.dispose(),
  };
}
