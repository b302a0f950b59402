/** Net sentiment of mentions: the last hour, the course of the day, and the number of mentions it is computed from. */
import type { CSSProperties, ReactNode } from 'react';
import { percent, signedPercent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { useMarked } from '../../state/use-attention.ts';
import { EmptyNote } from '../empty-note.tsx';
import { longestGap, PulseLine } from './pulse-line.tsx';
import './sentiment.css';

/** A gap of fewer hours than this is not labelled. */
const NAMED_GAP = 6;

export function SentimentNote(): ReactNode {
  const { t } = useWords();
  const { shareOfVoice } = useGroup('overview', 'sentiment');
  if (shareOfVoice === null) return null;
  return (
    <p className="panel-note">
      {t('sentiment.voice')} <span className="figure">{percent(shareOfVoice, 0)}%</span>
    </p>
  );
}

function Pulse(): ReactNode {
  const { t } = useWords();
  const { hours } = useGroup('overview', 'sentiment');
  const marked = useMarked()('sentiment');
  const gap = longestGap(hours, NAMED_GAP);
  const middle = gap ? (gap.from + gap.length / 2) / hours.length : 0;
  return (
    <div className="pulse">
      <PulseLine hours={hours} label={t('sentiment.chart')} marked={marked} />
      {gap && (
        <p className="pulse-gap" style={{ '--x': `${Math.min(82, Math.max(18, middle * 100))}%` } as CSSProperties}>
          {t('sentiment.few')}
        </p>
      )}
    </div>
  );
}

export function SentimentBody(): ReactNode {
  const { t } = useWords();
  const { brands, lastHour, lastDay, spikes } = useGroup('overview', 'sentiment');
  const isMarked = useMarked();
  const [marked, loud] = [isMarked('sentiment'), isMarked('spike')];
  if (brands.length === 0) return <EmptyNote title={t('sentiment.noBrands')} hint={t('sentiment.noBrandsHint')} href="/settings/brands" />;
  const sample = lastHour.positive + lastHour.negative;
  // The fullest of them: there is room for one line, which the day gives up while negatives spike.
  const [spike] = spikes.toSorted((a, b) => b.negative - a.negative);
  return (
    <div className="sentiment">
      <div className="sentiment-now">
        {lastHour.value === null ? (
          <p className="sentiment-few">{t('sentiment.few')}</p>
        ) : (
          <p className={`figure sentiment-value ${marked ? 'marked' : ''}`}>
            {signedPercent(lastHour.value)}
            <span className="unit">%</span>
          </p>
        )}
        <p className="sentiment-sample">
          <span>{t('sentiment.hour')}</span>
          <span>
            {lastHour.value === null
              ? t('sentiment.counts', { positive: lastHour.positive, negative: lastHour.negative })
              : t('sentiment.sample', { count: sample })}
          </span>
        </p>
      </div>
      <Pulse />
      {spike ? (
        <p className={`sentiment-day ${loud ? 'spike' : ''}`}>
          <span>{t('sentiment.spike')}</span>{' '}
          <strong>{t('sentiment.spikeCounts', { count: spike.negative, usual: Math.round(spike.usual) })}</strong>
        </p>
      ) : (
        <p className="sentiment-day">
          <span>{t('sentiment.day')}</span>
          <strong className="figure">{lastDay.value === null ? t('sentiment.few') : `${signedPercent(lastDay.value)}%`}</strong>
        </p>
      )}
    </div>
  );
}
