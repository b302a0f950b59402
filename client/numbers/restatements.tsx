/** Facts of this number that came after their day was closed, beside the closed figures. */
import { Table } from 'antd';
import type { ReactNode } from 'react';
import type { Restatement, RestatementPage } from '../../shared/kpi/restatements.ts';
import type { KpiValue } from '../../shared/kpi/types.ts';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { ExportButton } from '../desk-kit/export-button.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { useMomentWords } from '../desk-kit/use-moment-words.ts';
import { daysBefore, periodDays } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Cell } from './cell.ts';

const SHOWN_ROWS = 20;

export function Restatements({ cell }: { readonly cell: Cell }): ReactNode {
  const { t, coded } = useDeskWords();
  const { of, name } = useDescriptions();
  const words = useFigureWords();
  const moments = useMomentWords();
  const days = periodDays(cell.period);
  const asked = useAsked<RestatementPage>(
    days === undefined
      ? null
      : `/api/restatements?${new URLSearchParams({ from: days.start, to: daysBefore(days.end, 1), kpi: cell.kpi }).toString()}`,
  );
  const unit: KpiValue['unit'] = of(cell.kpi)?.unit ?? 'minor';
  const written = (value: number | null): string => (value === null ? t('kit.none') : words.full(cell.kpi, unit, value));
  const plain = (value: number | null): number | null => (value === null ? null : words.plain(cell.kpi, unit, value));
  const columns = [
    t('numbers.day'),
    t('numbers.dimensionOf'),
    t('numbers.closedValue'),
    t('numbers.restatedValue'),
    t('numbers.difference'),
    t('numbers.cause'),
    t('numbers.receivedAt'),
  ];
  return (
    <Section title={t('numbers.restatements')} note={t('numbers.restatementsNote')}>
      <Answered asked={asked}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('numbers.noRestatements')} />
          ) : (
            <>
              <Table<Restatement>
                size="small"
                rowKey={({ day, cause, receivedAt, dimension }) => `${day}\n${cause}\n${receivedAt}\n${words.cell(dimension)}`}
                dataSource={[...rows]}
                scroll={{ x: 'max-content' }}
                pagination={rows.length > SHOWN_ROWS ? { pageSize: SHOWN_ROWS, showSizeChanger: false } : false}
                columns={[
                  { title: columns[0], key: 'day', dataIndex: 'day' },
                  { title: columns[1], key: 'cell', render: (_, { dimension }) => words.cell(dimension) || t('numbers.whole') },
                  { title: columns[2], key: 'closed', align: 'right', render: (_, row) => written(row.closedValue) },
                  { title: columns[3], key: 'now', align: 'right', render: (_, row) => written(row.value) },
                  { title: columns[4], key: 'difference', align: 'right', render: (_, row) => written(row.difference) },
                  { title: columns[5], key: 'cause', render: (_, { cause }) => coded('cause', cause) },
                  { title: columns[6], key: 'receivedAt', render: (_, { receivedAt }) => moments.long(receivedAt) },
                ]}
              />
              <div>
                <ExportButton
                  table={() => ({
                    name: `${name(cell.kpi)}-${cell.period}-${t('numbers.restatements')}`,
                    columns,
                    rows: rows.map((row) => [
                      row.day,
                      words.cell(row.dimension),
                      plain(row.closedValue),
                      plain(row.value),
                      plain(row.difference),
                      coded('cause', row.cause),
                      row.receivedAt,
                    ]),
                  })}
                />
              </div>
            </>
          )
        }
      </Answered>
    </Section>
  );
}
