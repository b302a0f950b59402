/**
 * The value over time, and as it was known at a moment picked on the chart: what was known then, what is known now, and
 * why the two differ.
 */
import { Slider } from 'antd';
import { useMemo, useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import type { KpiSeries, SeriesStep } from '../../shared/kpi/series.ts';
import type { Grain } from '../../shared/kpi/types.ts';
import { ChartHost } from '../charts/chart-host.tsx';
import { seriesFonts, seriesGrid, seriesOption } from '../charts/series-option.ts';
import { useFontsOf } from '../charts/use-fonts-of.ts';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { ExportButton } from '../desk-kit/export-button.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { useMomentWords } from '../desk-kit/use-moment-words.ts';
import { dayLabel, dayOf, hourMinute } from '../format/instant.ts';
import { daysBefore, periodDays } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import type { Cell } from './cell.ts';
import { Corrections } from './corrections.tsx';
import { useDeskPalette } from './use-desk-palette.ts';

const steps: Readonly<Record<Grain, SeriesStep>> = { day: 'hour', week: 'day', month: 'day', quarter: 'week', year: 'month' };
const REFRESH_MS = 60_000;

function seriesPath(cell: Cell): string | null {
  const days = periodDays(cell.period);
  if (!days) return null;
  const query = new URLSearchParams([
    ['kpi', cell.kpi],
    ['from', days.start],
    // The last day belongs to the question.
    ['to', daysBefore(days.end, 1)],
    ['every', steps[cell.grain]],
    ...cell.where.map((part): [string, string] => ['where', part]),
  ]);
  return `/api/kpis/series?${query.toString()}`;
}

function Picked({ cell, series, step }: { readonly cell: Cell; readonly series: KpiSeries; readonly step: SeriesStep }): ReactNode {
  const { t, language } = useDeskWords();
  const { timeZone } = useWorkspace();
  const { name } = useDescriptions();
  const palette = useDeskPalette();
  const words = useFigureWords();
  const moments = useMomentWords();
  const now = useScreen((screen) => Math.floor(screen.now / REFRESH_MS) * REFRESH_MS);
  const [picked, setPicked] = useState<number | null>(null);
  const buckets = useMemo(() => series.buckets.filter(({ start }) => Date.parse(start) <= now), [series, now]);
  const labels = useMemo(
    () =>
      buckets.map(({ start }) => {
        const at = Date.parse(start);
        return step === 'hour' ? hourMinute(at, timeZone) : dayLabel(dayOf(at, timeZone), language);
      }),
    [buckets, step, timeZone, language],
  );
  const values = useMemo(() => buckets.map((bucket) => bucket.values[0]?.value ?? null), [buckets]);
  const unit = buckets[0]?.values[0]?.unit ?? 'count';
  const option = useMemo(
    () =>
      seriesOption(
        {
          values,
          labels,
          picked,
          fromZero: unit === 'minor' || unit === 'count',
          written: (value) => words.text(cell.kpi, unit, value),
        },
        palette,
      ),
    // `words` is made anew on every render; what it writes changes with the language alone.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
    [values, labels, picked, unit, cell.kpi, palette, language],
  );
  const texts = values.map((value) => (value === null ? '' : words.text(cell.kpi, unit, value)));
  const written = useFontsOf(seriesFonts, [...labels, ...texts].join(''));
  if (buckets.length === 0) return <Empty title={t('numbers.noSeries')} />;

  const pick = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - seriesGrid.left) / (box.width - seriesGrid.left - seriesGrid.right);
    setPicked(Math.min(buckets.length - 1, Math.max(0, Math.floor(share * buckets.length))));
  };
  const last = buckets.length - 1;
  // The moment is the end of the picked step: what was known once it was over.
  const end = buckets[picked ?? Math.max(0, last - 1)]?.end;
  const at = end === undefined ? now : Math.min(now, Date.parse(end));
  return (
    <>
      <div className="series">
        {written ? (
          <ChartHost
            className="series-chart"
            option={option}
            label={t('numbers.chart', { kpi: name(cell.kpi), step: t(`numbers.step.${step}`) })}
          />
        ) : (
          <div className="series-chart" />
        )}
        <div className="series-over" onPointerDown={pick} aria-hidden="true" />
      </div>
      <div className="series-slider">
        <Slider
          min={0}
          max={last}
          value={picked ?? Math.max(0, last - 1)}
          onChange={setPicked}
          tooltip={{ formatter: (index) => labels[index ?? 0] ?? '' }}
          ariaLabelForHandle={t('numbers.picker')}
        />
      </div>
      {/* Up to the end of the running minute: what came in its first seconds is known now too. */}
      <Corrections cell={cell} at={at} now={now + REFRESH_MS} label={moments.short(at)} />
    </>
  );
}

export function History({ cell }: { readonly cell: Cell }): ReactNode {
  const { t } = useDeskWords();
  const { name } = useDescriptions();
  const words = useFigureWords();
  const asked = useAsked<KpiSeries>(seriesPath(cell), { everyMs: REFRESH_MS });
  const step = steps[cell.grain];
  return (
    <Section
      title={t('numbers.overTime')}
      note={t('numbers.overTimeNote')}
      actions={
        <ExportButton
          table={() => ({
            name: `${name(cell.kpi)}-${cell.period}`,
            columns: [t('numbers.day'), t('numbers.value')],
            rows: (asked.value?.buckets ?? []).map(({ start, values: [value] }) => [
              start,
              value === undefined || value.value === null ? null : words.plain(value.kpi, value.unit, value.value),
            ]),
          })}
        />
      }
    >
      <Answered asked={asked} rows={6}>
        {(series) => <Picked key={cell.period} cell={cell} series={series} step={step} />}
      </Answered>
    </Section>
  );
}
