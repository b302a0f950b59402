/** Month and quarter: what is attained so far, the pace, and where the period will end. */
import type { CSSProperties, ReactNode } from 'react';
import type { Attainment } from '../../../shared/wire/views/overview.ts';
import { paceShare } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { useHistoryLoading, useMarked } from '../../state/use-attention.ts';
import { Money, useMoney } from '../../ui/money.tsx';
import { SalesReason } from '../../ui/sales-reason.tsx';
import { NumberLink } from '../../ui/number-link.tsx';
import { AgeNote, usePanelAge } from '../panel-age.tsx';
import './attainment.css';

const share = (value: number): string => `${Math.min(100, Math.max(0, value * 100))}%`;

/**
 * The full length of the bar is the target, or the landing where that is larger. Where more was given back than sold, the
 * bar reaches from zero to the left.
 */
function Track({ row, target }: { readonly row: Attainment; readonly target: number }): ReactNode {
  const net = row.net ?? 0;
  const full = Math.max(target, net, row.landing?.high ?? 0) * (row.landing && row.landing.high > target ? 1.02 : 1);
  const least = Math.min(0, net);
  const at = (value: number) => share((value - least) / (full - least));
  const style = {
    '--from': at(Math.min(0, net)),
    '--done': share(Math.abs(net) / (full - least)),
    '--plan': at(row.planToNow ?? 0),
    '--goal': at(target),
    '--low': at(row.landing?.low ?? 0),
    '--high': at(row.landing?.high ?? 0),
  } as CSSProperties;
  return (
    <div className="attain-track" style={style} aria-hidden="true">
      {row.landing && <span className="landing-block" />}
      <span className="done" />
      {row.planToNow !== null && <span className="tick plan" />}
      <span className="tick goal" />
    </div>
  );
}

function Landing({ row }: { readonly row: Attainment }): ReactNode {
  const { t } = useWords();
  const loading = useHistoryLoading();
  const money = useMoney();
  const { status } = usePanelAge();
  const step = row.landing ? money.shared([row.landing.low, row.landing.high]) : null;
  return (
    <div className="attain-landing">
      <div className="attain-label">
        {status === 'fresh' ? (
          <>
            <span className="attain-words">
              {loading && `${t('attainment.loading')} · `}
              {row.landing && `${t(row.landing.basis === 'few_samples' ? 'attainment.landingFew' : 'attainment.landing')} · `}
              {row.targetBasis === null || row.targetBasis === 'own' ? t('attainment.target') : t(`plan.${row.targetBasis}`)}
            </span>{' '}
            {row.target !== null && <Money minor={row.target} />}
          </>
        ) : (
          <AgeNote />
        )}
      </div>
      {row.landing && (
        <p className="figure landing" title={`${money.full(row.landing.low)} – ${money.full(row.landing.high)}`}>
          {money.range(row.landing.low, row.landing.high, t('number.to'))}
          {step && <span className="unit">{step.word}</span>}
        </p>
      )}
    </div>
  );
}

/** Of the lane, in characters of the reason's size. */
const REASON_ROOM = 24;

function MonthReason({ row }: { readonly row: Attainment }): ReactNode {
  return <SalesReason against={row.against} than="lastMonth" room={REASON_ROOM} className="attain-reason" />;
}

function AttainmentRow({ row }: { readonly row: Attainment }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const marked = useMarked()(row.grain);
  const { status } = usePanelAge();
  if (row.target === null || row.attainment === null) {
    const { figure, unit } = row.net === null ? { figure: t('number.none'), unit: '' } : money.parts(row.net);
    return (
      <div className="attain">
        <p className="attain-figure">
          <span className="figure big" title={row.net === null ? t('number.overflow') : money.full(row.net)}>
            <NumberLink cell={{ kpi: 'net_sales', period: row.period, where: [] }}>{figure}</NumberLink>
          </span>
          <span className="attain-side">
            <span className="attain-name">{t(`attainment.${row.grain}`)}</span>
            <span className="attain-unit">{unit}</span>
          </span>
        </p>
        <div className="attain-landing">
          <div className="attain-label">
            {status !== 'fresh' ? (
              <AgeNote />
            ) : row.net === null ? (
              t('number.overflow')
            ) : (
              t(row.target === 0 ? 'attainment.zeroTarget' : 'attainment.noTarget')
            )}
          </div>
        </div>
        <div className="attain-track empty" aria-hidden="true" />
        <p className="attain-foot">
          {row.net !== null && <span>{t(row.target === 0 ? 'attainment.zeroTargetHint' : 'attainment.noTargetHint')}</span>}
        </p>
        <MonthReason row={row} />
      </div>
    );
  }
  return (
    <div className="attain">
      <p className="attain-figure">
        <span className="figure big">
          <NumberLink cell={{ kpi: 'sales_attainment', period: row.period, where: [] }}>{paceShare(row.attainment, 1)}</NumberLink>
        </span>
        <span className="attain-side">
          <span className="attain-name">{t(`attainment.${row.grain}`)}</span>
          <span className="attain-unit">%</span>
        </span>
      </p>
      <Landing row={row} />
      <Track row={row} target={row.target} />
      <p className="attain-foot">
        <span>
          {t('attainment.done')} <Money minor={row.net} />
        </span>
        {row.planToNow !== null && (
          <span>
            {t(row.curve === 'even' ? 'attainment.planToNowEven' : 'attainment.planToNow')} <Money minor={row.planToNow} />
            {row.pace === null && ` · ${t('attainment.quiet')}`}
            {row.pace !== null && (
              <strong className={marked ? 'marked' : ''}>
                {' · '}
                {t('attainment.pace')} {paceShare(row.pace, 1)}%
              </strong>
            )}
          </span>
        )}
      </p>
      <MonthReason row={row} />
    </div>
  );
}

export function AttainmentBody(): ReactNode {
  const month = useGroup('overview', 'month');
  const quarter = useGroup('overview', 'quarter');
  const loading = useHistoryLoading();
  // Where a period will end is told from its past.
  const shown = (row: Attainment): Attainment => (loading ? { ...row, landing: null } : row);
  return (
    <div className="attainment">
      <AttainmentRow row={shown(month)} />
      <AttainmentRow row={shown(quarter)} />
    </div>
  );
}
