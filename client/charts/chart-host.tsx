/** The only component with an ECharts instance. The caller passes the option to draw; all words around the chart are DOM elements. */
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { beginChart } from './chart-life.ts';
import type { ChartLife, ChartWorld } from './chart-life.ts';
import { initChart } from './echarts.ts';
import type { ChartOption } from './echarts.ts';
import { pageFrames } from './page-frames.ts';

export const pageCharts: ChartWorld<HTMLElement, ChartOption> = {
  init: initChart,
  observeSize: (element, changed) => {
    const observer = new ResizeObserver(changed);
    observer.observe(element);
    // A canvas keeps the boxes it drew for characters whose font had not come yet.
    const fonts: FontFaceSet | undefined = document.fonts;
    fonts?.addEventListener('loadingdone', changed);
    return () => {
      observer.disconnect();
      fonts?.removeEventListener('loadingdone', changed);
    };
  },
  observeLoss: (element, restored) => {
    // The event of a canvas does not bubble; a listener that captures hears it on the way down.
    element.addEventListener('contextrestored', restored, true);
    return () => element.removeEventListener('contextrestored', restored, true);
  },
  frames: pageFrames,
};

export interface ChartHostProps {
  /** The option to draw; it must be the same object as long as nothing changed (useMemo). */
  readonly option: ChartOption;
  /** Describes the chart for screen readers. */
  readonly label: string;
  readonly className?: string;
  readonly world?: ChartWorld<HTMLElement, ChartOption>;
}

export function ChartHost({ option, label, className, world = pageCharts }: ChartHostProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const life = useRef<ChartLife<ChartOption> | null>(null);
  const key = useId();

  useEffect(() => {
    if (!element.current) return undefined;
    const begun = beginChart(world, element.current, key);
    life.current = begun;
    return () => {
      begun.end();
      life.current = null;
    };
  }, [world, key]);

  useEffect(() => {
    life.current?.show(option);
  }, [option, world, key]);

  return <div ref={element} className={className} role="img" aria-label={label} />;
}
