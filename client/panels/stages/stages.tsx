/** The headline of the scene: valid leads, their conversion, new customers, and how many come back. */
import type { ReactNode } from 'react';
import type { CountedStage, FunnelStage, StagesGroup } from '../../../shared/wire/views/funnel.ts';
import { monthLabel } from '../../format/instant.ts';
import { fullCount, paceShare, partPercent, percent, scaled } from '../../format/scale.ts';
import { fittingSize } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup, useGroupIfThere } from '../../state/screen-context.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { useRolling } from '../../ui/use-rolling.ts';
import { AgeNote, usePanelAge } from '../panel-age.tsx';
import { vars } from '../../ui/vars.ts';
import './stages.css';

/** The width of a stage and the largest size of its figure, in px of the 1920×1080 drawing. */
const ROOM = 390;
const MOST = 136;
const UNIT_SHARE = 0.4;
/** From so many on a count is told in steps. */
const SCALED_FROM = 100_000;
const YEAR_DAYS = 365;

interface StageProps {
  readonly stage: FunnelStage | 'customers';
  readonly title: string;
  readonly of: string;
  readonly figure: string;
  readonly unit?: string;
  readonly children: ReactNode;
  readonly last?: boolean;
}

function Stage({ stage, title, of, figure, unit = '', children, last = false }: StageProps): ReactNode {
  const { t } = useWords();
  const { status } = usePanelAge();
  const weakest = useGroupIfThere('funnel', 'gap')?.weakest;
  const weak = weakest === stage || (stage === 'customers' && weakest === 'direct');
  const amber = useAmber(weak, amberRank.headline);
  return (
    <div className={`funnel-stage ${last ? 'last' : ''} ${amber}`}>
      <p className="funnel-title">
        <strong>{title}</strong> <span className="funnel-of">{of}</span>
        {last && status !== 'fresh' ? (
          <AgeNote narrow />
        ) : (
          weak && (
            <span className="funnel-weak marked">
              <Peak down />
              {t('funnel.weak')}
            </span>
          )
        )}
      </p>
      <p
        className={`figure funnel-figure ${weak ? 'marked' : ''}`}
        style={vars({ '--size': fittingSize(figure, unit, ROOM, MOST, UNIT_SHARE) })}
      >
        {figure}
        {unit && <span className="unit">{unit}</span>}
      </p>
      <div className="funnel-notes">{children}</div>
    </div>
  );
}

function useCount(): (count: number) => { readonly figure: string; readonly unit: string } {
  const { scale } = useWords();
  return (count) => (Math.abs(count) < SCALED_FROM ? { figure: fullCount(count), unit: '' } : scaled(count, scale));
}

/** Plan to now and pace of a count, or that there is no target. */
function Plan({ stage }: { readonly stage: CountedStage }): ReactNode {
  const { t } = useWords();
  const count = useCount();
  const { value, target, planToNow } = stage;
  if (target === null || planToNow === null) return <p>{t('funnel.noTarget')}</p>;
  const { figure, unit } = count(Math.round(planToNow));
  return (
    <p>
      {t('funnel.planToNow')}{' '}
      <span className="figure">
        {figure}
        {unit}
      </span>
      {planToNow > 0 && value !== null && ` · ${t('funnel.pace', { share: paceShare(value / planToNow) })}`}
    </p>
  );
}

function Leads({ group }: { readonly group: StagesGroup }): ReactNode {
  const { t } = useWords();
  const count = useCount();
  const { leads, allLeads, visits } = group;
  const shown = count(useRolling(leads.value ?? 0));
  const visited = visits === null ? null : count(visits);
  return (
    <Stage
      stage="leads"
      title={t('funnel.leads')}
      of={t('funnel.leadsOf')}
      figure={leads.value === null ? '—' : shown.figure}
      unit={shown.unit}
    >
      <Plan stage={leads} />
      <p>
        {allLeads === 0
          ? t('funnel.noLeads')
          : visited
            ? t('funnel.visits', { count: visited.figure + visited.unit })
            : t('funnel.allLeads', { count: fullCount(allLeads) })}
      </p>
    </Stage>
  );
}

function Conversion({ group: { conversion } }: { readonly group: StagesGroup }): ReactNode {
  const { t, language } = useWords();
  const days = useGroupIfThere('funnel', 'cohorts')?.days ?? 0;
  if (conversion?.rate === undefined || conversion.rate === null) {
    return (
      <Stage stage="conversion" title={t('funnel.conversion')} of={t('funnel.conversionOf')} figure={t('number.none')}>
        <p>{t('funnel.noCohort')}</p>
        <p>{t('funnel.noCohortHint', { days })}</p>
      </Stage>
    );
  }
  const { rate, target, maturity, month, leads } = conversion;
  return (
    <Stage stage="conversion" title={t('funnel.conversion')} of={t('funnel.conversionOf')} figure={percent(rate)} unit="%">
      <p>
        {target === null ? t('funnel.noTarget') : t('funnel.target', { figure: percent(target) })}
        {' · '}
        {maturity === 1 ? t('funnel.full', { days }) : t('funnel.maturity', { share: partPercent(maturity ?? 0) })}
      </p>
      <p>{t('funnel.cohortOf', { month: monthLabel(month, language), count: fullCount(leads) })}</p>
    </Stage>
  );
}

function Customers({ group: { customers } }: { readonly group: StagesGroup }): ReactNode {
  const { t } = useWords();
  const shown = useCount()(useRolling(customers.value ?? 0));
  return (
    <Stage
      stage="customers"
      title={t('funnel.customers')}
      of={t('funnel.customersOf')}
      figure={customers.value === null ? '—' : shown.figure}
      unit={shown.unit}
    >
      <Plan stage={customers} />
      <p />
    </Stage>
  );
}

function Retention({ group: { repurchase } }: { readonly group: StagesGroup }): ReactNode {
  const { t } = useWords();
  const count = useCount();
  const { rate, customers, target, known } = repurchase;
  const title = { stage: 'retention', title: t('funnel.retention'), of: t('funnel.retentionOf'), last: true } as const;
  if (rate === null) {
    return (
      <Stage {...title} figure={t('number.none')}>
        <p>{t('funnel.noBuyers')}</p>
      </Stage>
    );
  }
  const { figure, unit } = count(customers);
  return (
    <Stage {...title} figure={percent(rate)} unit="%">
      <p>{target === null ? t('funnel.noTarget') : t('funnel.target', { figure: percent(target) })}</p>
      <p>
        {t('funnel.buyers', { count: figure + unit })}
        {known < 1 && ` · ${t('funnel.knownDays', { count: Math.round(known * YEAR_DAYS) })}`}
      </p>
    </Stage>
  );
}

export function StagesBody(): ReactNode {
  const group = useGroup('funnel', 'stages');
  return (
    <div className="funnel-stages">
      <Leads group={group} />
      <Conversion group={group} />
      <Customers group={group} />
      <Retention group={group} />
    </div>
  );
}
