/** The number itself: value, state, target with its owner, and what keeps it from being final. */
import type { ReactNode } from 'react';
import type { Target } from '../../shared/kpi/targets.ts';
import type { KpiValue } from '../../shared/kpi/types.ts';
import { Figure } from '../desk-kit/figure.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { useMomentWords } from '../desk-kit/use-moment-words.ts';
import { whereOf } from '../format/kpi.ts';
import { periodLabel } from '../format/period.ts';
import { partPercent, percent } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Cell } from './cell.ts';

function sameCell(target: Target, cell: Cell): boolean {
  const where = Object.entries(target.dimension ?? {}).map(([dim, value]) => `${dim}:${value}`);
  return (
    target.kpi === cell.kpi &&
    target.grain === cell.grain &&
    target.period === cell.period &&
    where.toSorted().join('\n') === cell.where.toSorted().join('\n')
  );
}

function TargetLine({ value, cell }: { readonly value: KpiValue; readonly cell: Cell }): ReactNode {
  const { t } = useDeskWords();
  const words = useFigureWords();
  const moments = useMomentWords();
  const targets = useAsked<{ readonly targets: readonly Target[] }>('/api/targets');
  const target = targets.value?.targets.find((one) => sameCell(one, cell));
  const goal = value.target ?? target?.value;
  const setting = `/settings/targets?${new URLSearchParams({ kpi: cell.kpi, period: cell.period }).toString()}`;
  if (goal === undefined) {
    return (
      <p>
        {t('numbers.noTarget')} · <a href={setting}>{t('numbers.setTarget')}</a>
      </p>
    );
  }
  return (
    <p title={target?.reason}>
      <a href={setting}>{t('numbers.targetOf', { figure: words.text(value.kpi, value.unit, goal) })}</a>
      {value.value !== null && goal !== 0 && <strong> {percent(value.value / goal)}%</strong>}
      {target && ` · ${t('numbers.targetOwner', { owner: target.owner })}`}
      {target?.effectiveFrom !== undefined && ` · ${t('numbers.targetSince', { time: moments.short(target.effectiveFrom) })}`}
    </p>
  );
}

export function Headline({ value, asOf, cell }: { readonly value: KpiValue; readonly asOf: string; readonly cell: Cell }): ReactNode {
  const { t, language } = useDeskWords();
  const words = useFigureWords();
  const moments = useMomentWords();
  const { closedValue } = value;
  return (
    <Section
      title={periodLabel(cell.period, language)}
      note={whereOf(value.dimension).length > 0 ? words.cell(value.dimension) : t('numbers.whole')}
    >
      <div className="number-value">
        <Figure value={value} plain size="large" />
        <span className={`kpi-state ${value.state}`}>{words.state(value.state)}</span>
      </div>
      <div className="number-lines">
        {value.value !== null && <p>{words.full(value.kpi, value.unit, value.value)}</p>}
        {(value.value === null || value.reason !== undefined) && <p className="warned">{words.reason(value.reason)}</p>}
        {closedValue !== undefined && closedValue !== null && (
          <p className="warned" title={t('numbers.restatedNote')}>
            {t('numbers.closedValue')} <strong>{words.text(value.kpi, value.unit, closedValue)}</strong> · {t('numbers.restatedNote')}
          </p>
        )}
        {value.maturity !== undefined && value.maturity < 1 && (
          <p className="warned">
            {t('numbers.maturity')} {partPercent(value.maturity)}% · {t('numbers.provisional')}
          </p>
        )}
        <TargetLine value={value} cell={cell} />
        <p>{t('kit.asOf', { time: moments.long(asOf) })}</p>
      </div>
    </Section>
  );
}
