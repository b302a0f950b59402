/** `/kpis`: every KPI by group, with its value in a period, its target and its state. */
import { Table } from 'antd';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { KpiAnswer, KpiValue } from '../../shared/kpi/types.ts';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { DeskPage } from '../desk-kit/desk-page.tsx';
import { ExportButton } from '../desk-kit/export-button.tsx';
import type { ExportedTable } from '../desk-kit/export-table.ts';
import { Figure } from '../desk-kit/figure.tsx';
import { PageTitle, Section } from '../desk-kit/page-title.tsx';
import { PeriodChooser } from '../desk-kit/period-chooser.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAddress } from '../desk-kit/use-address.ts';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { dayOf } from '../format/instant.ts';
import { numberAddress } from '../format/kpi.ts';
import { grainOf, periodNameAt } from '../format/period.ts';
import { percent } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { groupOf, kpiGroups } from './groups.ts';
import './numbers.css';

const REFRESH_MS = 60_000;

/** Value ÷ target, where more is better or worse alike: a share of what was wanted. */
function reached({ value, target }: KpiValue): string | null {
  return value === null || target === undefined || target === 0 ? null : `${percent(value / target)}%`;
}

function GroupTable({ values, period }: { readonly values: readonly KpiValue[]; readonly period: string }): ReactNode {
  const { t } = useDeskWords();
  const { name } = useDescriptions();
  const words = useFigureWords();
  return (
    <Table<KpiValue>
      size="small"
      rowKey="kpi"
      pagination={false}
      dataSource={[...values]}
      tableLayout="fixed"
      columns={[
        {
          title: t('numbers.kpi'),
          key: 'kpi',
          render: (_, { kpi }) => (
            <a className="kpi-name" href={numberAddress({ kpi, period, where: [] })}>
              {name(kpi)}
            </a>
          ),
        },
        {
          title: t('numbers.value'),
          key: 'value',
          align: 'right',
          width: '26%',
          render: (_, value) => <Figure value={value} sayReason />,
        },
        {
          title: t('numbers.target'),
          key: 'target',
          align: 'right',
          width: '18%',
          responsive: ['sm'],
          render: (_, { kpi, unit, target }) => (target === undefined ? '' : words.text(kpi, unit, target)),
        },
        {
          title: t('numbers.attainment'),
          key: 'reached',
          align: 'right',
          width: '14%',
          responsive: ['md'],
          render: (_, value) => reached(value),
        },
        {
          title: t('numbers.state'),
          key: 'state',
          width: '14%',
          responsive: ['sm'],
          render: (_, { state }) => <span className={`kpi-state ${state}`}>{words.state(state)}</span>,
        },
      ]}
    />
  );
}

function Numbers(): ReactNode {
  const { t } = useDeskWords();
  const { query, choose } = useAddress();
  const { timeZone } = useWorkspace();
  const { name } = useDescriptions();
  const words = useFigureWords();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const asked = query.get('period') ?? '';
  const grain = grainOf(asked) ?? 'month';
  const period = grainOf(asked) === undefined ? periodNameAt('month', today) : asked;
  const answer = useAsked<KpiAnswer>(`/api/kpis?grain=${grain}&period=${encodeURIComponent(period)}`, { everyMs: REFRESH_MS });
  const groups = useMemo(
    () =>
      kpiGroups.flatMap((group) => {
        const values = (answer.value?.values ?? []).filter(({ kpi }) => groupOf(kpi) === group);
        return values.length === 0 ? [] : [{ group, values }];
      }),
    [answer.value],
  );
  const table = (): ExportedTable => ({
    name: `${t('numbers.title')}-${period}`,
    columns: [t('numbers.kpi'), 'id', t('numbers.value'), t('numbers.target'), t('numbers.state')],
    rows: groups.flatMap(({ values }) =>
      values.map((value) => [
        name(value.kpi),
        value.kpi,
        value.value === null ? words.reason(value.reason) : words.plain(value.kpi, value.unit, value.value),
        value.target === undefined ? null : words.plain(value.kpi, value.unit, value.target),
        words.state(value.state),
      ]),
    ),
  });
  return (
    <>
      <PageTitle title={t('numbers.title')} actions={<ExportButton table={table} />}>
        <PeriodChooser period={period} onChange={(next) => choose({ period: next })} />
      </PageTitle>
      <Answered asked={answer} rows={12}>
        {() =>
          groups.length === 0 ? (
            <Empty title={t('numbers.empty')} />
          ) : (
            <div className="kpi-groups">
              {groups.map(({ group, values }) => (
                <Section key={group} id={group} title={t(`numbers.group.${group}`)}>
                  <GroupTable values={values} period={period} />
                </Section>
              ))}
            </div>
          )
        }
      </Answered>
    </>
  );
}

export function NumbersPage(): ReactNode {
  return (
    <DeskPage section="numbers">
      <Numbers />
    </DeskPage>
  );
}
