/** The cells of a campaign's row. */
import type { ReactNode } from 'react';
import type { RunRow, RunsGroup } from '../../../shared/wire/views/campaigns.ts';
import { dayLabel } from '../../format/instant.ts';
import { isolated } from '../../format/outside.ts';
import { factor, openFactor, partPercent, percent, signedPercent, type ScaleStep } from '../../format/scale.ts';
import { textWidth } from '../../format/text-width.ts';
import { useWords, type Words } from '../../i18n/use-words.ts';
import { useMoney } from '../../ui/money.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { vars } from '../../ui/vars.ts';
import { phaseBoxes, todayAt } from './axis.ts';

/** From ten times on decimals say nothing. */
const FAR = 10;
const roiText = (roi: number): string => signedPercent(roi, Math.abs(roi) < FAR ? 1 : 0);

function phaseWords({ phase, phaseDay, phaseDays, startsOn }: RunRow, { t, language }: Words): string {
  if (phase === 'before') return t('runs.before', { day: dayLabel(startsOn, language) });
  const word = t(`runs.${phase}`);
  const day = phaseDay === null || phaseDays === null ? word : t('runs.phaseDay', { phase: word, day: phaseDay, days: phaseDays });
  return phase === 'review' ? `${day} · ${t('runs.settling')}` : day;
}

export function Name({ row, flagged }: { readonly row: RunRow; readonly flagged: boolean }): ReactNode {
  const words = useWords();
  const money = useMoney();
  const { t } = words;
  const { flag } = row;
  const step = flag?.step ? t(`runs.step.${flag.step}`, { at: flag.at ?? t('funnel.unattributed') }) : '';
  return (
    <div className="run-who">
      <p className="run-name" title={isolated(row.name)}>
        <OutsideText>{row.shortName ?? row.name}</OutsideText>
      </p>
      {flagged && flag ? (
        <p className="run-flag" title={step}>
          <span className="run-chip">{t('runs.low')}</span>
          <span className="run-lost" title={money.full(flag.lost)}>
            {t('runs.lost', { figure: money.text(flag.lost) })}
          </span>
        </p>
      ) : (
        <p className="run-detail" title={`${isolated(row.owner)} · ${phaseWords(row, words)}`}>
          <OutsideText>{row.owner}</OutsideText> · {phaseWords(row, words)}
        </p>
      )}
    </div>
  );
}

const share = (value: number): string => `${Math.min(100, Math.max(0, value * 100))}%`;

/** The narrowest axis of a wall, and the size of its words, in px of the 1920×1080 drawing. */
const AXIS = 390;
const WORD_SIZE = 24;
const wordFits = (word: string, length: number): boolean => (textWidth(word) + 0.6) * WORD_SIZE <= length * AXIS;

export function Axis({ row, axis }: { readonly row: RunRow; readonly axis: RunsGroup['axis'] }): ReactNode {
  const { t } = useWords();
  return (
    <div className="run-axis" style={vars({ '--today': share(todayAt(axis)) })} aria-hidden="true">
      {phaseBoxes(row, axis.days).map(({ name, from, to, state }) => (
        <span key={name} className={`run-phase ${name} ${state}`} style={vars({ '--from': share(from), '--length': share(to - from) })}>
          {state === 'now' && name !== 'review' && wordFits(t(`runs.${name}`), to - from) && (
            <span className="run-phase-word">{t(`runs.${name}`)}</span>
          )}
        </span>
      ))}
    </div>
  );
}

interface SpendProps {
  readonly row: RunRow;
  readonly step: ScaleStep | null;
  readonly marked: boolean;
}
export function Spend({ row, step, marked }: SpendProps): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const { spend, budget, pacing, elapsed } = row;
  const full = Math.max(1, budget, spend ?? 0);
  return (
    <div className={`run-spend ${marked ? 'off' : ''}`}>
      <p className="run-both" title={spend === null ? t('number.overflow') : `${money.full(spend)} / ${money.full(budget)}`}>
        <span className="run-spent">
          <span className="run-label">{t('runs.spend')}</span>
          <strong className="figure">{spend === null ? t('number.none') : money.inShared(spend, step)}</strong>
          <span className="run-budget"> / {money.inShared(budget, step)}</span>
        </span>
        <span className={`run-pace ${marked ? 'marked' : ''}`}>
          {marked && <Peak down={(pacing ?? 1) < 1} />}
          {pacing === null ? t('number.none') : factor(pacing)}
        </span>
      </p>
      <span className="plan-bar run-track" aria-hidden="true">
        <span className="done" style={vars({ '--done': share((spend ?? 0) / full) })} />
        {pacing !== null && <span className="tick" style={vars({ '--plan': share((budget * elapsed) / full) })} />}
      </span>
    </div>
  );
}

function returnNote({ phase, roi, roiLow, maturity }: RunRow, { t }: Words): string {
  if (phase === 'before') return t('runs.notBegun');
  if (phase === 'warmup') return t('runs.tooEarly');
  if (roi === null) return t('runs.noReturn');
  if (maturity === null) return '';
  const mature = partPercent(maturity);
  const [low, high] = [roiLow === null ? '' : percent(roiLow, 0), percent(roi, 0)];
  // A range whose ends read the same is none.
  return roiLow === null || low === high || Math.abs(roi) >= FAR
    ? t('runs.maturity', { share: mature })
    : t('runs.range', { share: mature, low, high });
}

export function Return({ row }: { readonly row: RunRow }): ReactNode {
  const words = useWords();
  return (
    <div className="run-return">
      <p className="figure run-roi">
        <span className="run-label">{words.t('runs.roi')}</span>
        {row.roi === null ? <span className="run-none">{words.t('number.none')}</span> : roiText(row.roi)}
        {row.roi !== null && <span className="unit">%</span>}
      </p>
      <p className="run-detail" title={returnNote(row, words)}>
        {returnNote(row, words)}
      </p>
    </div>
  );
}

interface RoasProps {
  readonly row: RunRow;
  readonly breakEven: number | null;
  readonly full: number;
  readonly marked: boolean;
}
export function Roas({ row, breakEven, full, marked }: RoasProps): ReactNode {
  const { t } = useWords();
  const { roas } = row;
  const along = (value: number): string => share(full > 0 ? value / full : 0);
  const beyond = roas !== null && full > 0 && roas > full;
  return (
    <div className={`run-roas ${marked ? 'off' : ''}`}>
      <span className="run-lollipop" aria-hidden="true">
        {breakEven !== null && <span className="run-even" style={vars({ '--even': along(breakEven) })} />}
        {roas !== null && roas > 0 && <span className={`run-stick ${beyond ? 'beyond' : ''}`} style={vars({ '--roas': along(roas) })} />}
      </span>
      <span className="figure run-factor">
        <span className="run-label">{t('runs.roas')}</span>
        {roas === null ? <span className="run-none">{t('number.none')}</span> : openFactor(roas)}
      </span>
    </div>
  );
}
