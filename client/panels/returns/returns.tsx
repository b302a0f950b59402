/** The headline of the scene: what all running campaigns cost, the margin they brought, and the return. */
import type { CSSProperties, ReactNode } from 'react';
import { signedPercent } from '../../format/scale.ts';
import { fittingSize } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { useMoney } from '../../ui/money.tsx';
import { useRolling } from '../../ui/use-rolling.ts';
import { AgeNote, usePanelAge } from '../panel-age.tsx';
import { vars } from '../../ui/vars.ts';
import './returns.css';

/** The width of each figure and its largest size, in px of the 1920×1080 drawing. */
const ROOM = 372;
const MOST = 136;
const UNIT_SHARE = 0.4;
/** From ten times on decimals say nothing. */
const FAR = 10;

const sized = (figure: string, unit: string): CSSProperties => vars({ '--size': fittingSize(figure, unit, ROOM, MOST, UNIT_SHARE) });

function Figure({ minor, className = '' }: { readonly minor: number | null; readonly className?: string }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const rolled = money.parts(useRolling(minor ?? 0));
  if (minor === null) {
    return (
      <p className="figure returns-figure" style={sized('—', '')} title={t('number.overflow')}>
        {t('number.none')}
      </p>
    );
  }
  // The size depends on the final figure, so that it does not change while the digits roll.
  const settled = money.parts(minor);
  return (
    <p className={`figure returns-figure ${className}`} style={sized(settled.figure, settled.unit)} title={money.full(minor)}>
      {rolled.figure}
      {rolled.unit && <span className="unit">{rolled.unit}</span>}
    </p>
  );
}

function Return({ roi }: { readonly roi: number | null }): ReactNode {
  const { t } = useWords();
  if (roi === null) return <p className="returns-none">{t('runs.noSpend')}</p>;
  const figure = signedPercent(roi, Math.abs(roi) < FAR ? 1 : 0);
  return (
    <p className="figure returns-figure" style={sized(figure, '%')}>
      {figure}
      <span className="unit">%</span>
    </p>
  );
}

export function ReturnsBody(): ReactNode {
  const { t } = useWords();
  const { totals } = useGroup('campaigns', 'runs');
  const { status } = usePanelAge();
  return (
    <div className="returns">
      <div className="returns-part">
        <p className="returns-label">
          <strong>{t('runs.in')}</strong>{' '}
          {totals.ahead !== null && totals.ahead !== 0 && (
            <span className="returns-note">
              <Ahead minor={totals.ahead} />
            </span>
          )}
        </p>
        <Figure minor={totals.spend} />
      </div>
      <div className="returns-part">
        <p className="returns-label">
          <strong>{t('runs.back')}</strong> <span className="returns-note">{t('runs.margin')}</span>
        </p>
        <Figure minor={totals.margin} className="us" />
      </div>
      <div className="returns-part">
        <p className="returns-label">
          <strong>{t('runs.roi')}</strong>{' '}
          {status === 'fresh' ? (
            <span className="returns-note" title={t('runs.roiBasis')}>
              {t('runs.roiBasis')}
            </span>
          ) : (
            <AgeNote narrow />
          )}
        </p>
        <Return roi={totals.roi} />
      </div>
    </div>
  );
}

function Ahead({ minor }: { readonly minor: number }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  return <span title={money.full(minor)}>{t('runs.ahead', { figure: money.text(minor) })}</span>;
}
