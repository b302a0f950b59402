/** What today is for, large enough to be read aloud: the plan of net sales, leads, one more figure, and the promises that are due. */
import type { CSSProperties, ReactNode } from 'react';
import type { CountGoal, GoalsGroup } from '../../../shared/wire/views/standup.ts';
import { kpiFigure, shapeOf } from '../../format/kpi.ts';
import { fullCount, paceShare, type Figure } from '../../format/scale.ts';
import { fittingSize } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { Money, useMoney } from '../../ui/money.tsx';
import { NumberLink } from '../../ui/number-link.tsx';
import { AgeNote, usePanelAge } from '../panel-age.tsx';
import './goals.css';

/** Widths and the largest sizes of figures, in px of the 1920×1080 drawing. */
const LANE = { room: 576, most: 224 };
const HALF = { room: 264, most: 150 };
const UNIT_SHARE = 0.4;

interface GoalProps {
  readonly title: string;
  readonly figure: Figure;
  readonly full: string;
  readonly place: { readonly room: number; readonly most: number };
  readonly children?: ReactNode;
  /** The number page that opens the figure. */
  readonly cell?: { readonly kpi: string; readonly period: string };
}

function Goal({ title, figure: { figure, unit }, full, place, children, cell }: GoalProps): ReactNode {
  const style: CSSProperties & Record<`--${string}`, number> = { '--size': fittingSize(figure, unit, place.room, place.most, UNIT_SHARE) };
  const digits = (
    <>
      {figure}
      {unit && <span className="unit">{unit}</span>}
    </>
  );
  return (
    <div className={`day-goal ${place === HALF ? 'half' : ''}`}>
      <p className="goal-head">
        <span className="goal-title">{title}</span>
        {children !== undefined && <span className="goal-side">{children}</span>}
      </p>
      <p className="figure goal-figure" style={style} title={full}>
        {cell ? <NumberLink cell={{ ...cell, where: [] }}>{digits}</NumberLink> : digits}
      </p>
    </div>
  );
}

function SalesGoal({ goals }: { readonly goals: GoalsGroup }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const { status } = usePanelAge();
  const { sales, day } = goals;
  if (sales === null) return <NoGoal title={t('standup.sales')} />;
  const { monthLeft, basis, target } = sales;
  return (
    <Goal
      title={t('standup.sales')}
      figure={money.parts(target)}
      full={money.full(target)}
      place={LANE}
      cell={{ kpi: 'net_sales', period: day }}
    >
      {status !== 'fresh' ? (
        <AgeNote />
      ) : monthLeft !== null ? (
        <>
          {t(monthLeft < 0 ? 'standup.monthOver' : 'standup.monthLeft')} <Money minor={Math.abs(monthLeft)} />
        </>
      ) : (
        basis !== 'own' && t(`plan.${basis}`)
      )}
    </Goal>
  );
}

function Count({
  goal,
  day,
  place,
  title,
}: {
  readonly goal: CountGoal;
  readonly day: string;
  readonly place: GoalProps['place'];
  readonly title: string;
}): ReactNode {
  const { t, scale } = useWords();
  const money = useMoney();
  const { kpi, unit, target, month, basis } = goal;
  // A goal of a day is read out digit by digit as long as it has room.
  const figure =
    unit === 'count' && target < 100_000 ? { figure: fullCount(target), unit: '' } : kpiFigure(shapeOf(kpi, unit), target, money, scale);
  const shown = figure.unit === '' && kpi === 'valid_leads' ? { ...figure, unit: t('standup.leadUnit') } : figure;
  const side =
    place === LANE && month !== null && month.value !== null ? (
      <>
        {t('standup.monthSoFar', { figure: fullCount(month.value) })}
        {month.pace !== null && ` · ${t('today.pace')} ${paceShare(month.pace)}%`}
      </>
    ) : (
      place === LANE && basis === 'month_share' && t('plan.month_share')
    );
  return (
    <Goal title={title} figure={shown} full={fullCount(target)} place={place} cell={{ kpi, period: day }}>
      {side}
    </Goal>
  );
}

function NoGoal({ title }: { readonly title: string }): ReactNode {
  const { t } = useWords();
  return (
    <div className="day-goal">
      <p className="goal-head">
        <span className="goal-title">{title}</span>
      </p>
      <p className="goal-none">{t('standup.noGoal')}</p>
      <p className="empty-hint">
        <a href="/settings/targets">{t('standup.noGoalHint')}</a>
      </p>
    </div>
  );
}

export function GoalsBody(): ReactNode {
  const { t, language } = useWords();
  const goals = useGroup('standup', 'goals');
  const { leads, other, due, day } = goals;
  const place = other === null ? LANE : HALF;
  return (
    <div className={`goals ${other === null ? 'three' : 'four'}`}>
      <SalesGoal goals={goals} />
      {leads === null ? <NoGoal title={t('standup.leads')} /> : <Count goal={leads} day={day} place={LANE} title={t('standup.leads')} />}
      {other !== null && <Count goal={other} day={day} place={HALF} title={language === 'en' ? other.name.en : other.name.zh} />}
      <Goal title={t('standup.due')} figure={{ figure: fullCount(due), unit: t('standup.dueUnit') }} full={fullCount(due)} place={place} />
    </div>
  );
}
