/** Spend and margin of each day as pairs of bars; hollow where refunds may still come. Negative margins hang below the line. */
import type { ReactNode } from 'react';
import type { CampaignDay } from '../../shared/kpi/campaigns.ts';
import { dayLabel } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useCampaignWords } from './campaign-words.ts';

const HEIGHT = 140;
const STEP = 12;

export interface DayBarsProps {
  readonly days: readonly CampaignDay[];
  /** Days within which most refunds come. */
  readonly refundDays: number;
}

export function DayBars({ days, refundDays }: DayBarsProps): ReactNode {
  const { t, language } = useDeskWords();
  const words = useCampaignWords();
  const values = days.flatMap(({ spend, margin }) => [spend ?? 0, margin ?? 0]);
  const [most, least] = [Math.max(1, ...values), Math.min(0, ...values)];
  const y = (value: number): number => ((most - value) / (most - least)) * HEIGHT;
  const [first, last] = [days[0], days.at(-1)];
  const sum = (name: 'spend' | 'margin'): number => days.reduce((all, one) => all + (one[name] ?? 0), 0);
  const bar = (value: number): { y: number; height: number } => ({ y: Math.min(y(value), y(0)), height: Math.abs(y(value) - y(0)) });
  return (
    <figure className="campaign-days">
      <h3>{t('director.perDay')}</h3>
      <figcaption className="small">
        {t('director.spendBar')} {words.money(sum('spend'))} ·{' '}
        <span className="us">{`${t('director.marginBar')} ${words.money(sum('margin'))}`}</span> ·{' '}
        {t('director.immatureBar', { days: refundDays })}
      </figcaption>
      {first && last ? (
        <>
          <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('director.perDay')}>
            {days.map(({ day, spend, margin, mature }, i) => (
              <g key={day}>
                <title>{`${day}: ${t('director.spendBar')} ${words.fullMoney(spend)}, ${t('director.marginBar')} ${words.fullMoney(margin)}`}</title>
                <rect className="bar-spend" x={i * STEP + 1} width={4.5} {...bar(spend ?? 0)} />
                <rect className={mature ? 'bar-margin' : 'bar-margin hollow'} x={i * STEP + 6.5} width={4.5} {...bar(margin ?? 0)} />
              </g>
            ))}
            <line className="bar-base" x1={0} x2={days.length * STEP} y1={y(0)} y2={y(0)} />
          </svg>
          <p className="small ends">
            <span>{dayLabel(first.day, language)}</span>
            <span>{dayLabel(last.day, language)}</span>
          </p>
        </>
      ) : (
        <p className="small">—</p>
      )}
    </figure>
  );
}
