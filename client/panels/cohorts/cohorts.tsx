/** Leads by the month they were created in: the share that signed, and how much of the cohort has had its time. */
import type { ReactNode } from 'react';
import type { CohortRow } from '../../../shared/wire/views/funnel.ts';
import { monthLabel } from '../../format/instant.ts';
import { fullCount, partPercent, percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { vars } from '../../ui/vars.ts';
import './cohorts.css';

/** A rate of fewer leads says little. */
const FEW = 30;

export function CohortsNote(): ReactNode {
  const { t } = useWords();
  const { rows, days } = useGroup('funnel', 'cohorts');
  return rows.length === 0 ? null : <p className="panel-note">{t('funnel.cohortsNote', { days })}</p>;
}

const share = (value: number): string => `${Math.min(100, Math.max(0, value * 100))}%`;

function maturityWords({ leads, maturity }: CohortRow, days: number, t: ReturnType<typeof useWords>['t']): string {
  if (leads < FEW) return t('funnel.few');
  return maturity === 1 ? t('funnel.full', { days }) : t('funnel.maturity', { share: partPercent(maturity ?? 0) });
}

export function CohortsBody(): ReactNode {
  const { t, language } = useWords();
  const { rows, days } = useGroup('funnel', 'cohorts');
  if (rows.length === 0) return <EmptyNote title={t('funnel.cohortsEmpty')} hint={t('funnel.cohortsEmptyHint')} />;
  const full = Math.max(0.001, ...rows.flatMap(({ rate, target }) => [rate ?? 0, target ?? 0])) * 1.06;
  return (
    <ol className="cohorts">
      {rows.map((row) => (
        <li key={row.month} className={`cohort ${row.maturity === 1 ? '' : 'young'}`}>
          <span className="cohort-month">{monthLabel(row.month, language)}</span>
          <span
            className="plan-bar cohort-track"
            style={vars({ '--done': share((row.rate ?? 0) / full), '--plan': share((row.target ?? 0) / full) })}
            aria-hidden="true"
          >
            <span className="done" />
            {row.target !== null && <span className="tick" />}
          </span>
          <span className="cohort-rate">
            <span className="figure">{row.rate === null ? t('number.none') : percent(row.rate)}</span>
            {row.rate !== null && <span className="unit">%</span>}
          </span>
          <span className="cohort-words">
            <span>{row.signed === null ? '' : t('funnel.signed', { signed: fullCount(row.signed), leads: fullCount(row.leads) })}</span>
            <span>{maturityWords(row, days, t)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
