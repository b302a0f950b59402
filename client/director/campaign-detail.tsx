/** One campaign opened: its channels, its days, the way to the events, and the decision. */
import { Table } from 'antd';
import type { ReactNode } from 'react';
import type { CampaignChannel, CampaignDetail as Detail, CampaignRow } from '../../shared/kpi/campaigns.ts';
import { Answered } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { dayOf } from '../format/instant.ts';
import { periodNameAt } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import type { CampaignQuestion } from './campaign-table.tsx';
import { figureAddress, useCampaignWords } from './campaign-words.ts';
import { DayBars } from './day-bars.tsx';
import { DecisionForm } from './decision-form.tsx';

const REFRESH_MS = 15_000;

export function CampaignDetail({
  row,
  query,
  onDecided,
}: {
  readonly row: CampaignRow;
  readonly query: CampaignQuestion;
  readonly onDecided: () => void;
}): ReactNode {
  const { t } = useDeskWords();
  const words = useCampaignWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const { basis, period } = query;
  const asked = new URLSearchParams([
    ['basis', basis],
    ...(period === null
      ? []
      : [
          ['grain', period.grain],
          ['period', period.name],
        ]),
  ]);
  const detail = useAsked<Detail>(`/api/campaigns/${encodeURIComponent(row.campaignId)}?${asked.toString()}`, { everyMs: REFRESH_MS });
  return (
    <div className="campaign-detail">
      <Answered asked={detail} rows={4}>
        {({ channels, days, refundDays, decisions }) => (
          <>
            <div>
              <h3>{t('director.byChannel')}</h3>
              <Table<CampaignChannel>
                size="small"
                rowKey={({ channel }) => channel ?? ''}
                pagination={channels.length > 10 ? { pageSize: 10, size: 'small' } : false}
                dataSource={channels}
                columns={[
                  { key: 'channel', title: t('director.channel'), render: (_, { channel }) => channel ?? t('director.unattributed') },
                  { key: 'spend', title: t('director.spendBar'), align: 'right', render: (_, { spend }) => words.money(spend) },
                  {
                    key: 'sales',
                    title: t('director.netSales'),
                    align: 'right',
                    render: (_, one) => words.money(basis === 'cohort' ? one.net_sales_cohort : one.net_sales),
                  },
                  { key: 'roi', title: t('director.roi'), align: 'right', render: (_, { roi }) => words.roi(roi) },
                  { key: 'roas', title: t('director.roas'), align: 'right', render: (_, { roas }) => words.factor(roas) },
                  {
                    key: 'lost',
                    title: t('director.gain'),
                    align: 'right',
                    render: (_, { lost, spend }) =>
                      lost === null || spend === 0 ? '—' : <span className={lost > 0 ? 'amber' : 'us'}>{words.money(-lost)}</span>,
                  },
                ]}
              />
              <p>
                <a href={figureAddress('net_sales', period?.name ?? periodNameAt('quarter', today), row.campaignId)}>
                  {t('director.events')}
                </a>
              </p>
            </div>
            <DayBars days={days} refundDays={refundDays} />
            <DecisionForm row={row} decisions={decisions} onDecided={onDecided} />
          </>
        )}
      </Answered>
    </div>
  );
}
