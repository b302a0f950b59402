/** The number by each of its dimensions; every row leads to the page of its cell. */
import { Segmented, Table } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { KpiAnswer, KpiDimension, KpiValue } from '../../shared/kpi/types.ts';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { ExportButton } from '../desk-kit/export-button.tsx';
import { Figure } from '../desk-kit/figure.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { fullCount, percent } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { cellQuery, type Cell } from './cell.ts';

const REFRESH_MS = 60_000;
const PAGE_ROWS = 20;
const BAR_PX = 120;

/** Largest first; what has no value last. */
function sorted(values: readonly KpiValue[]): KpiValue[] {
  return values.toSorted((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY));
}

function Cells({ cell, by, whole }: { readonly cell: Cell; readonly by: KpiDimension; readonly whole: number | null }): ReactNode {
  const { t, coded } = useDeskWords();
  const { name } = useDescriptions();
  const words = useFigureWords();
  const asked = useAsked<KpiAnswer>(`/api/kpis?${cellQuery(cell, { by })}`, { everyMs: REFRESH_MS });
  const values = sorted(asked.value?.values ?? []);
  // Only sums have shares: a ratio of a part is no part of the ratio.
  const summed = (values[0]?.unit === 'minor' || values[0]?.unit === 'count') && whole !== null && whole > 0;
  const share = ({ value }: KpiValue): number | null => (summed && value !== null && whole !== null ? value / whole : null);
  const most = Math.max(0, ...values.map((value) => share(value) ?? 0));
  const label = ({ dimension, others }: KpiValue): string =>
    others === undefined ? (dimension?.[by] ?? t('kit.unattributed')) : t('kit.others', { count: others });
  return (
    <Answered asked={asked} rows={5}>
      {() =>
        values.length === 0 ? (
          <Empty title={t('numbers.noCells')} />
        ) : (
          <>
            <Table<KpiValue>
              size="small"
              rowKey={label}
              dataSource={values}
              pagination={values.length > PAGE_ROWS ? { pageSize: PAGE_ROWS, showSizeChanger: false } : false}
              columns={[
                {
                  title: coded('dimension', by),
                  key: 'cell',
                  sorter: (a, b) => label(a).localeCompare(label(b)),
                  render: (_, value) => <bdi>{label(value)}</bdi>,
                },
                {
                  title: t('numbers.value'),
                  key: 'value',
                  align: 'right',
                  sorter: (a, b) => (a.value ?? 0) - (b.value ?? 0),
                  render: (_, value) => <Figure value={value} sayReason />,
                },
                ...(summed
                  ? [
                      {
                        title: t('numbers.share'),
                        key: 'share',
                        render: (_: unknown, value: KpiValue) => {
                          const part = share(value);
                          if (part === null) return null;
                          return (
                            <>
                              <span className="share-bar" style={{ width: most > 0 ? Math.max(0, (part / most) * BAR_PX) : 0 }} />
                              {percent(part)}%
                            </>
                          );
                        },
                      },
                    ]
                  : []),
                {
                  title: t('numbers.sample'),
                  key: 'sample',
                  align: 'right',
                  responsive: ['sm'],
                  render: (_, { sample }) => fullCount(sample),
                },
              ]}
            />
            <div>
              <ExportButton
                table={() => ({
                  name: `${name(cell.kpi)}-${cell.period}-${coded('dimension', by)}`,
                  columns: [coded('dimension', by), t('numbers.value'), t('numbers.sample')],
                  rows: values.map((value) => [
                    label(value),
                    value.value === null ? words.reason(value.reason) : words.plain(value.kpi, value.unit, value.value),
                    value.sample,
                  ]),
                })}
              />
            </div>
          </>
        )
      }
    </Answered>
  );
}

export function Breakdown({ cell, whole }: { readonly cell: Cell; readonly whole: number | null }): ReactNode {
  const { t, coded } = useDeskWords();
  const { asked, of } = useDescriptions();
  const fixed = new Set(cell.where.map((part) => part.slice(0, part.indexOf(':'))));
  const dimensions = (of(cell.kpi)?.dimensions ?? []).filter((dim) => !fixed.has(dim));
  const [chosen, setChosen] = useState<KpiDimension | null>(null);
  const by = dimensions.find((dim) => dim === chosen) ?? dimensions[0];
  return (
    <Section title={t('numbers.byDimension')}>
      <Answered asked={asked}>
        {() =>
          by === undefined ? (
            <Empty title={t('numbers.noDimensions')} />
          ) : (
            <>
              <div>
                <Segmented<KpiDimension>
                  aria-label={t('numbers.dimensionOf')}
                  value={by}
                  options={dimensions.map((value) => ({ value, label: coded('dimension', value) }))}
                  onChange={setChosen}
                />
              </div>
              <Cells key={by} cell={cell} by={by} whole={whole} />
            </>
          )
        }
      </Answered>
    </Section>
  );
}
