/** What was known of the number at a moment, what is known now, and the causes of the difference. */
import { Table } from 'antd';
import type { ReactNode } from 'react';
import type { CauseOfChange, KpiChange } from '../../shared/kpi/change.ts';
import type { KpiValue } from '../../shared/kpi/types.ts';
import { Figure } from '../desk-kit/figure.tsx';
import { Answered } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { fullCount } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { cellQuery, type Cell } from './cell.ts';

interface CorrectionsProps {
  readonly cell: Cell;
  /** UTC ms */
  readonly at: number;
  readonly now: number;
  readonly label: string;
}

/** Differences of small ratios need more digits than the ratio itself. */
function useDifference(): (value: Pick<KpiValue, 'kpi' | 'unit'>, difference: number) => string {
  const words = useFigureWords();
  return ({ kpi, unit }, difference) => `${difference > 0 ? '+' : ''}${words.full(kpi, unit, difference)}`;
}

export function Corrections({ cell, at, now, label }: CorrectionsProps): ReactNode {
  const { t, coded } = useDeskWords();
  const written = useDifference();
  const asked = useAsked<KpiChange>(
    `/api/kpis/change?${cellQuery(cell, { from: new Date(at).toISOString(), to: new Date(now).toISOString() })}`,
  );
  return (
    <Answered asked={asked}>
      {({ from, to, difference, causes }) => (
        <>
          <div className="known" role="status">
            <p className="known-item">
              {t('numbers.knownAt', { time: label })}
              <Figure value={from} plain />
            </p>
            <p className="known-item">
              {t('numbers.knownNow')}
              <Figure value={to} plain />
            </p>
            <p className="known-item">
              {t('numbers.difference')}
              <span className="figure">
                {difference === null ? t('kit.none') : difference === 0 ? t('numbers.same') : written(to, difference)}
              </span>
            </p>
          </div>
          <h3>
            {t('numbers.corrections')} · {t('numbers.correctionsNote', { from: label })}
          </h3>
          {causes.length === 0 ? (
            <p className="page-note">{t('numbers.noCorrections')}</p>
          ) : (
            <Table<CauseOfChange>
              size="small"
              rowKey="cause"
              pagination={false}
              dataSource={[...causes]}
              columns={[
                { title: t('numbers.cause'), key: 'cause', render: (_, { cause }) => coded('cause', cause) },
                { title: t('numbers.count'), key: 'count', align: 'right', render: (_, { count }) => fullCount(count) },
                {
                  title: t('numbers.difference'),
                  key: 'difference',
                  align: 'right',
                  render: (_, row) => (row.difference === null ? t('kit.none') : written(to, row.difference)),
                },
              ]}
            />
          )}
        </>
      )}
    </Answered>
  );
}
