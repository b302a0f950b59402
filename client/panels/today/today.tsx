/** The headline: net sales of today, the difference from the plan, and the pace. */
import type { CSSProperties, ReactNode } from 'react';
import { fullCount, paceShare } from '../../format/scale.ts';
import { fittingSize } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { headlineOff } from '../../state/attention.ts';
import { useGroup, useGroupIfThere } from '../../state/screen-context.tsx';
import { Money, useMoney } from '../../ui/money.tsx';
import { SalesReason } from '../../ui/sales-reason.tsx';
import { NumberLink } from '../../ui/number-link.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { useRolling } from '../../ui/use-rolling.ts';
import { LastMonth } from './last-month.tsx';
import { GhostNow } from './ghost-now.tsx';
import { OwnDay } from './own-day.tsx';
import { isSalesFigure, Unusual } from './unusual.tsx';
import './today.css';

/** The width of a lane and the largest size of the headline, in px of the 1920×1080 drawing. */
const LANE = 576;
const HEADLINE = 248;
const UNIT_SHARE = 0.34;
/** Of the headline's size: the width of the sign of the currency before it. */
const SIGN_WIDTH = 0.17;
/** Of the lane, in characters of the reason's size. */
const REASON_ROOM = 22;

export function TodayNote(): ReactNode {
  const { t } = useWords();
  const { target, targetBasis } = useGroup('overview', 'today');
  // What is far from usual now matters more than the plan of the whole day.
  const unusual = useGroupIfThere('overview', 'anomalies')?.find(({ kpi }) => isSalesFigure(kpi));
  if (unusual) return <Unusual row={unusual} />;
  if (target === null) return null;
  return (
    <p className="panel-note">
      {targetBasis === null || targetBasis === 'own' ? t('today.plan') : t(`plan.${targetBasis}`)} <Money minor={target} />
    </p>
  );
}

function Headline({ net, day }: { readonly net: number | null; readonly day: string }): ReactNode {
  const { t } = useWords();
  if (net !== null) return <HeadlineFigure net={net} day={day} />;
  return (
    <p className="headline figure" style={{ '--size': HEADLINE } as CSSProperties} title={t('number.overflow')}>
      {t('number.none')}
    </p>
  );
}

function HeadlineFigure({ net, day }: { readonly net: number; readonly day: string }): ReactNode {
  const money = useMoney();
  const rolled = useRolling(net);
  const { figure, unit } = money.parts(rolled);
  // The size depends on the final figure, so that it does not change while the digits roll.
  const settled = money.parts(net);
  const size = fittingSize(settled.figure, settled.unit, LANE - SIGN_WIDTH * HEADLINE, HEADLINE, UNIT_SHARE);
  return (
    <p className="headline figure" style={{ '--size': size } as CSSProperties} title={money.full(net)}>
      <span className="headline-sign">{money.sign}</span>
      <NumberLink cell={{ kpi: 'net_sales', period: day, where: [] }}>
        {figure}
        {unit && <span className="unit">{unit}</span>}
      </NumberLink>
    </p>
  );
}

function Gap({ net, planToNow }: { readonly net: number; readonly planToNow: number }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const marked = headlineOff(useGroup('overview', 'today')) > 0;
  const amber = useAmber(marked, amberRank.headline);
  const gap = net - planToNow;
  if (gap === 0) return <p className="gap">{t('today.even')}</p>;
  return (
    <p className={`gap ${marked ? `marked ${amber}` : ''}`} title={money.full(gap)}>
      <Peak down={gap < 0} />
      {t(gap < 0 ? 'today.short' : 'today.ahead')} <Money minor={Math.abs(gap)} />
    </p>
  );
}

export function TodayBody(): ReactNode {
  const { t } = useWords();
  const { day, net, orders, target, planToNow, pace, curve, against } = useGroup('overview', 'today');
  const lastMonth = useGroupIfThere('overview', 'month')?.before;
  const hasPlan = target !== null && target !== 0 && planToNow !== null;
  return (
    <div className="today">
      <Headline net={net} day={day} />
      <div className="today-line">
        {net === null ? (
          <p className="gap">{t('number.overflow')}</p>
        ) : !hasPlan ? (
          <p className="gap">{t(target === 0 ? 'today.zeroTarget' : 'today.noTarget')}</p>
        ) : pace === null ? (
          <p className="gap quiet">{t('today.quiet')}</p>
        ) : (
          <Gap net={net} planToNow={planToNow} />
        )}
        <div className="today-side">
          <GhostNow />
          <p className="today-orders">
            {t('today.orders', { figure: fullCount(orders) })}
            <OwnDay day={day} />
          </p>
        </div>
      </div>
      <SalesReason against={against} than="yesterday" room={REASON_ROOM} className="today-reason" />
      <div className="today-plan">
        {hasPlan ? (
          <p className="today-to-now">
            {t(curve === 'even' ? 'today.planToNowEven' : 'today.planToNow')} <Money minor={planToNow} />
            {pace !== null && (
              <strong>
                {' · '}
                {t('today.pace')} {paceShare(pace)}%
              </strong>
            )}
          </p>
        ) : (
          // The line is one lane wide: the word of last month has no other place, and that there is no target stands above.
          !lastMonth && <p className="today-to-now">{t(target === 0 ? 'today.zeroTargetHint' : 'today.noTargetHint')}</p>
        )}
        <LastMonth />
      </div>
    </div>
  );
}
