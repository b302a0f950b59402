/** Net sentiment of a day: bars of two hours, positive upwards and negative downwards on one scale, and a fall named by its time. */
import type { CSSProperties, ReactNode } from 'react';
import { hourMinute } from '../../format/instant.ts';
import { fullCount, scaled, signedPercent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './pulse.css';

/** Below so many of them there is no net sentiment (R18); such a bar is hollow. */
const SMALL_SAMPLE = 30;
const DAY_MS = 86_400_000;

export function PulseNote(): ReactNode {
  const { t, scale } = useWords();
  const { brands, lastDay } = useGroup('sentiment', 'pulse');
  if (brands.length === 0) return null;
  const { figure, unit } = scaled(lastDay.positive + lastDay.negative, scale);
  return <p className="panel-note">{t('pulse.note', { figure: figure + unit })}</p>;
}

const share = (part: number, whole: number): string => `${whole === 0 ? 0 : (part / whole) * 100}%`;

function Bars(): ReactNode {
  const { t } = useWords();
  const { slots, fall } = useGroup('sentiment', 'pulse');
  const up = Math.max(1, ...slots.map(({ positive }) => positive));
  const down = Math.max(1, ...slots.map(({ negative }) => negative));
  const style: CSSProperties & Record<`--${string}`, string> = { '--rows': `minmax(0, ${up}fr) minmax(0, ${down}fr)` };
  return (
    <div className="pulse-bars" role="img" aria-label={t('pulse.chart')} style={style}>
      {slots.map(({ positive, negative }, i) => {
        const few = positive + negative < SMALL_SAMPLE;
        const fallen = fall !== null && i === slots.length - 1;
        const heights: CSSProperties & Record<`--${string}`, string> = { '--p': share(positive, up), '--n': share(negative, down) };
        return (
          // The slots are places in time: the first one is always the oldest.
          <span key={`slot ${i + 1}`} className={`pulse-slot ${few ? 'few' : ''} ${fallen ? 'fallen' : ''}`} style={heights}>
            <i className="pulse-up" />
            <i className="pulse-down" />
          </span>
        );
      })}
    </div>
  );
}

export function PulseBody(): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  const { brands, slots, lastHour, lastDay, today, fall } = useGroup('sentiment', 'pulse');
  const amber = useAmber(fall !== null, amberRank.figure);
  const start = useScreen((screen) => hourMinute(screen.now - DAY_MS, timeZone));
  const middle = useScreen((screen) => hourMinute(screen.now - DAY_MS / 2, timeZone));
  if (brands.length === 0) return <EmptyNote title={t('sentiment.noBrands')} hint={t('sentiment.noBrandsHint')} href="/settings/brands" />;
  const few = slots.some(({ positive, negative }) => positive + negative < SMALL_SAMPLE);
  const most = Math.max(...slots.map(({ positive, negative }) => Math.max(positive, negative)));
  return (
    <div className="pulse-day">
      <div className="pulse-values">
        {lastDay.value === null ? (
          <p className="pulse-few">{t('sentiment.few')}</p>
        ) : (
          <p className="figure pulse-value">
            {signedPercent(lastDay.value)}
            <span className="unit">%</span>
          </p>
        )}
        <p className="pulse-beside">
          {fall ? (
            <span className={`pulse-fall marked ${amber}`}>
              <Peak down /> {t('pulse.fall', { time: hourMinute(fall.since, timeZone), figure: signedPercent(fall.now) })}
            </span>
          ) : (
            <span>
              {t('sentiment.hour')} {lastHour.value === null ? t('sentiment.few') : `${signedPercent(lastHour.value)}%`}
            </span>
          )}
          <span>{today === null ? '' : t('pulse.today', { figure: signedPercent(today) })}</span>
        </p>
      </div>
      <p className="pulse-row">
        <span className="pulse-good">{t('pulse.positive', { figure: fullCount(lastDay.positive) })}</span>
        <span>{t('pulse.most', { figure: fullCount(most) })}</span>
      </p>
      <Bars />
      <p className="pulse-row">
        <span>{t('pulse.negative', { figure: fullCount(lastDay.negative) })}</span>
        <span>{few ? t('pulse.few') : ''}</span>
      </p>
      <p className="pulse-row">
        <span>{t('pulse.start', { time: start })}</span>
        <span>{middle}</span>
        <span className="pulse-present">{t('pulse.now')}</span>
      </p>
    </div>
  );
}
