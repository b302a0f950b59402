/** `/kpis`: every KPI with its value in a period, its target and its state. */
import { Segmented, Table } from 'antd';
import type { ReactNode } from 'react';
import { grains, type KpiAnswer, type KpiValue } from '../../shared/kpi/types.ts';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { DeskPage } from '../desk-kit/desk-page.tsx';
import { ExportButton } from '../desk-kit/export-button.tsx';
import { Figure } from '../desk-kit/figure.tsx';
import { PageTitle, Section } from '../desk-kit/page-title.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAddress } from '../desk-kit/use-address.ts';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { dayOf } from '../format/instant.ts';
import { grainOf, periodLabel, periodNameAt } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';

const REFRESH_MS = 60_000;

function Numbers(): ReactNode {
  const { t, language } = useDeskWords();
  const { query, choose } = useAddress();
  const { timeZone } = useWorkspace();
  const { name } = useDescriptions();
  const words = useFigureWords();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const period = query.get('period') ?? periodNameAt('month', today);
  const grain = grainOf(period) ?? 'month';
  const asked = useAsked<KpiAnswer>(`/api/kpis?grain=${grain}&period=${encodeURIComponent(period)}`, { everyMs: REFRESH_MS });
  const target = ({ kpi, unit, target: value }: KpiValue): string => (value === undefined ? '' : words.text(kpi, unit, value));
  return (
    <>
      <PageTitle title={t('numbers.title')} note={periodLabel(period, language)}>
        <Segmented
          aria-label={t('numbers.period')}
          value={grain}
          options={grains.map((value) => ({ value, label: t(`grain.${value}`) }))}
          onChange={(next) => choose({ period: periodNameAt(next, today) })}
        />
      </PageTitle>
      <Section
        title={t('numbers.kpi')}
        actions={
          <ExportButton
            table={() => ({
              name: `${t('numbers.title')}-${period}`,
              columns: [t('numbers.kpi'), t('numbers.value'), t('numbers.target'), t('numbers.state')],
              rows: (asked.value?.values ?? []).map((value) => [
                name(value.kpi),
                value.value === null ? words.reason(value.reason) : words.plain(value.kpi, value.unit, value.value),
                value.target === undefined ? null : words.plain(value.kpi, value.unit, value.target),
                words.state(value.state),
              ]),
            })}
          />
        }
      >
        <Answered asked={asked} rows={12}>
          {({ values }) =>
            values.length === 0 ? (
              <Empty title={t('numbers.empty')} />
            ) : (
              <Table<KpiValue>
                size="small"
                rowKey="kpi"
                pagination={false}
                dataSource={[...values]}
                scroll={{ x: 'max-content' }}
                columns={[
                  { title: t('numbers.kpi'), key: 'kpi', render: (_, value) => name(value.kpi) },
                  { title: t('numbers.value'), key: 'value', align: 'right', render: (_, value) => <Figure value={value} sayReason /> },
                  { title: t('numbers.target'), key: 'target', align: 'right', render: (_, value) => target(value) },
                  { title: t('numbers.state'), key: 'state', render: (_, value) => words.state(value.state) },
                ]}
              />
            )
          }
        </Answered>
      </Section>
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
