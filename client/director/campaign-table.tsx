/** The table of campaigns: sorts, hides columns, keeps the first one in view, opens a row, and stays smooth with ten thousand of them. */
import { Button, Grid, Select, Table, type TableColumnsType } from 'antd';
import { useMemo, type ReactNode } from 'react';
import type { CampaignBasis, CampaignRow } from '../../shared/kpi/campaigns.ts';
import { budgetBand } from '../../shared/kpi/budget-bands.ts';
import type { Grain } from '../../shared/kpi/types.ts';
import { Empty } from '../desk-kit/states.tsx';
import { dayLabel } from '../format/instant.ts';
import { useDeskWords, type DeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { CampaignDetail } from './campaign-detail.tsx';
import { useCampaignWords, type CampaignWords } from './campaign-words.ts';
import { PhaseBar } from './phase-bar.tsx';
import { RoasLine } from './roas-line.tsx';
import type { CampaignList } from './campaign-order.ts';

export interface CampaignQuestion {
  readonly basis: CampaignBasis;
  /** null = everything so far. */
  readonly period: { readonly grain: Grain; readonly name: string } | null;
}

export interface CampaignTableProps {
  readonly list: CampaignList;
  readonly changed: ReadonlySet<string>;
  readonly sortAgain: () => void;
  /** A field of the list; “-” before it sorts downwards. */
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: readonly string[]) => void;
  readonly opened: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly query: CampaignQuestion;
  readonly again: () => void;
}

/** From so many rows on only those in view are drawn. */
const VIRTUAL_FROM = 100;
const VIRTUAL_HEIGHT = 620;
const optional = ['phase', 'pace', 'sales', 'margin', 'roi', 'roiRevenue', 'roas', 'cac', 'cpl', 'spread', 'decision'] as const;
type Column = (typeof optional)[number];
/** Hidden until somebody chooses otherwise, so that the rest fits an ordinary desk. */
export const hiddenAtFirst: readonly string[] = ['roiRevenue', 'cpl'] satisfies Column[];
const onPhone = new Set<string>(['name', 'roi', 'pace']);

export function CampaignTable(props: CampaignTableProps): ReactNode {
  const { list, changed, sortAgain, sort, onSort, hidden, onHide, opened, onOpen, query, again } = props;
  const deskWords = useDeskWords();
  const { t } = deskWords;
  const words = useCampaignWords();
  const { timeZone } = useWorkspace();
  const phone = Grid.useBreakpoint().md === false;
  const columns = useMemo(
    () => columnsOf(deskWords, words, query.basis, changed, timeZone, phone).map((column) => sorting(column, sort)),
    [deskWords, words, query.basis, changed, timeZone, phone, sort],
  );
  const shown = columns.filter(({ key }) => (phone ? onPhone.has(String(key)) : !hidden.has(String(key))));
  const names: Record<Column, string> = {
    phase: t('director.phase'),
    pace: t('director.spendBudget'),
    sales: t('director.netSales'),
    margin: t('director.marginShort'),
    roi: t('director.roi'),
    roiRevenue: t('director.roiRevenue'),
    roas: t('director.roas'),
    cac: t('director.cac'),
    cpl: t('director.cpl'),
    spread: t('director.spread'),
    decision: t('director.decision'),
  };
  const rows = useMemo(() => [...list.rows], [list.rows]);
  const virtual = list.rows.length >= VIRTUAL_FROM;
  return (
    <section className="part">
      <div className="campaign-tools">
        {changed.size > 0 && (
          <span className="campaign-changed" role="status">
            {t('director.changed', { count: changed.size })}
            <Button size="small" type="link" onClick={sortAgain}>
              {t('director.resort')}
            </Button>
          </span>
        )}
        <Select
          mode="multiple"
          size="small"
          className="campaign-columns"
          aria-label={t('director.columns')}
          placeholder={t('director.columns')}
          maxTagCount={0}
          maxTagPlaceholder={() => t('director.columns')}
          value={optional.filter((name) => !hidden.has(name))}
          options={optional.map((value) => ({ value, label: names[value] }))}
          onChange={(kept) => onHide(optional.filter((name) => !kept.includes(name)))}
        />
      </div>
      <Table<CampaignRow>
        size="small"
        rowKey="campaignId"
        pagination={false}
        virtual={virtual}
        dataSource={rows}
        columns={shown}
        scroll={{ x: phone ? 320 : 1_250, ...(virtual && { y: VIRTUAL_HEIGHT }) }}
        locale={{ emptyText: <Empty title={t('director.nothingFound')} /> }}
        rowClassName={(row) => (changed.has(row.campaignId) ? 'campaign-moved' : '')}
        onChange={(_pages, _filters, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          if (one?.columnKey !== undefined) onSort(`${one.order === 'ascend' ? '' : '-'}${sortFields[String(one.columnKey)] ?? 'spend'}`);
        }}
        expandable={{
          expandedRowKeys: opened === null ? [] : [opened],
          onExpand: (open, row) => onOpen(open ? row.campaignId : null),
          expandedRowRender: (row) => <CampaignDetail row={row} query={query} onDecided={again} />,
        }}
        summary={() =>
          virtual ? null : <Totals list={list} count={shown.length} words={words} deskWords={deskWords} basis={query.basis} />
        }
      />
    </section>
  );
}

/** Which field of the list each column sorts by. */
const sortFields: Readonly<Record<string, string>> = {
  name: 'name',
  phase: 'phase',
  pace: 'spend',
  sales: 'net_sales',
  margin: 'margin',
  roi: 'roi',
  roiRevenue: 'roi_revenue',
  roas: 'roas',
  cac: 'cac',
  cpl: 'cpl',
  spread: 'spreadRatio',
};

type ColumnOf = TableColumnsType<CampaignRow>[number];

function sorting(column: ColumnOf, sort: string): ColumnOf {
  const field = sortFields[String(column.key)];
  if (field === undefined) return column;
  const chosen = sort.replace(/^-/u, '') === field;
  return {
    ...column,
    sorter: true,
    sortDirections: ['descend', 'ascend', 'descend'],
    sortOrder: chosen ? (sort.startsWith('-') ? 'descend' : 'ascend') : null,
  };
}

function columnsOf(
  { t, coded, language }: DeskWords,
  words: CampaignWords,
  basis: CampaignBasis,
  changed: ReadonlySet<string>,
  timeZone: string,
  phone: boolean,
): TableColumnsType<CampaignRow> {
  const why = (row: CampaignRow, name: 'roi' | 'roi_revenue' | 'roas' | 'cac' | 'cpl'): string => {
    const reason = row.reasons[name];
    return reason === undefined ? '' : coded('reason', reason);
  };
  const ratio = (row: CampaignRow, name: 'roi' | 'roi_revenue', strong: boolean): ReactNode => (
    <span title={why(row, name)}>
      <span className={strong ? 'figure strong' : 'figure'}>{words.roi(row[name])}</span>
      {row[name] === null && why(row, name) !== '' && <span className="small">{why(row, name)}</span>}
    </span>
  );
  return [
    {
      key: 'name',
      title: t('director.campaign'),
      ...(!phone && { fixed: 'left' as const }),
      width: phone ? 110 : 210,
      render: (_, row) => (
        <div className="campaign-name">
          <span className="strong">{row.name ?? row.campaignId}</span>
          {changed.has(row.campaignId) && <span className="moved-dot" aria-hidden="true" />}
          {row.flag && <span className="flag-mark">{t('director.flag')}</span>}
          {row.flag && (
            <span className="small amber">
              {t('director.lost', { value: words.money(row.flag.lost) })}
              {row.flag.step !== null && ` · ${t(`director.steps.${row.flag.step}`, { at: row.flag.at ?? '' })}`}
            </span>
          )}
          {row.gaps.length > 0 && <span className="small">{row.gaps.map((gap) => t(`director.gaps.${gap}`)).join(' · ')}</span>}
        </div>
      ),
    },
    {
      key: 'phase',
      title: t('director.phase'),
      width: 150,
      render: (_, row) => (
        <div className="stacked">
          <PhaseBar phases={row.phases} phase={row.phase} />
          <span className="small">
            {row.phase === null ? '—' : t(`director.phases.${row.phase}`)}
            {row.phaseDay !== null && ` ${t('director.day', { day: row.phaseDay, days: row.phaseDays ?? 0 })}`}
            {row.owner !== null && ` · ${row.owner}`}
          </span>
        </div>
      ),
    },
    {
      key: 'pace',
      title: t('director.spendBudget'),
      width: phone ? 120 : 170,
      render: (_, row) => <Pace row={row} words={words} />,
    },
    {
      key: 'sales',
      title: basis === 'cohort' ? t('director.netSalesCohort') : t('director.netSales'),
      align: 'right',
      width: 120,
      render: (_, row) => {
        const value = basis === 'cohort' ? row.net_sales_cohort : row.net_sales;
        return (
          <span className="figure" title={words.fullMoney(value)}>
            {words.money(value)}
          </span>
        );
      },
    },
    {
      key: 'margin',
      title: t('director.marginShort'),
      align: 'right',
      width: 110,
      render: (_, row) => (
        <span className="stacked right">
          <span className="figure" title={words.fullMoney(row.margin)}>
            {words.money(row.margin)}
          </span>
          {row.coverage !== null && row.coverage < 1 && (
            <span className="small">{t('director.coverage', { value: words.share(row.coverage) })}</span>
          )}
        </span>
      ),
    },
    {
      key: 'roi',
      title: t('director.roi'),
      align: 'right',
      width: phone ? 86 : 130,
      render: (_, row) => (
        <span className="stacked right">
          {ratio(row, 'roi', true)}
          {row.maturity !== null && row.roi !== null && (
            <span className="small">{t('director.maturity', { value: words.share(row.maturity) })}</span>
          )}
        </span>
      ),
    },
    {
      key: 'roiRevenue',
      title: t('director.roiRevenue'),
      align: 'right',
      width: 120,
      render: (_, row) => ratio(row, 'roi_revenue', false),
    },
    {
      key: 'roas',
      title: t('director.roas'),
      width: 180,
      render: (_, row) => (
        <span className="roas" title={why(row, 'roas')}>
          <span className="figure">{words.factor(row.roas)}</span>
          <RoasLine roas={row.roas} breakEven={row.break_even_roas} />
          {row.break_even_roas !== null && (
            <span className="small">{t('director.breakEven', { value: words.factor(row.break_even_roas) })}</span>
          )}
        </span>
      ),
    },
    {
      key: 'cac',
      title: t('director.cac'),
      align: 'right',
      width: 100,
      render: (_, row) => <span title={why(row, 'cac')}>{words.money(row.cac)}</span>,
    },
    {
      key: 'cpl',
      title: t('director.cpl'),
      align: 'right',
      width: 100,
      render: (_, row) => <span title={why(row, 'cpl')}>{words.money(row.cpl)}</span>,
    },
    {
      key: 'spread',
      title: t('director.spread'),
      align: 'right',
      width: 100,
      render: (_, row) => <span className="figure">{words.share(row.spreadRatio)}</span>,
    },
    {
      key: 'decision',
      title: t('director.decision'),
      align: 'right',
      width: 120,
      render: (_, { decision, flag }) =>
        decision === null ? (
          <span className={flag ? 'amber strong' : 'small'}>{flag ? t('director.undecided') : '—'}</span>
        ) : (
          <span title={decision.note}>
            {dayLabel(new Date(decision.at).toLocaleDateString('sv-SE', { timeZone }), language)} {t(`director.${decision.type}`)}
          </span>
        ),
    },
  ];
}

function Pace({ row, words }: { readonly row: CampaignRow; readonly words: CampaignWords }): ReactNode {
  const { spend, budget, pacing, elapsed } = row;
  const band = pacing === null ? 'on_plan' : budgetBand(pacing);
  const odd = band === 'far_over' || band === 'far_under';
  const share = budget === null || budget === 0 || spend === null ? null : Math.min(1, spend / budget);
  return (
    <div className="stacked">
      <span className="figure" title={`${words.fullMoney(spend)} / ${words.fullMoney(budget)}`}>
        <span className="strong">{words.money(spend)}</span> / {words.money(budget)}
        {pacing !== null && <span className={odd ? 'amber pace' : 'pace'}>{`${odd ? '▲' : ''}${words.factor(pacing)}`}</span>}
      </span>
      {share !== null && (
        <svg className={`pace-bar ${odd ? 'odd' : ''}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect className="pace-track" width={100} height={6} />
          <rect className="pace-spent" width={share * 100} height={6} />
          {elapsed !== null && elapsed > 0 && elapsed < 1 && <rect className="pace-plan" x={elapsed * 100 - 0.6} width={1.2} height={6} />}
        </svg>
      )}
    </div>
  );
}

function Totals({
  list,
  count,
  words,
  deskWords: { t },
  basis,
}: {
  readonly list: CampaignList;
  readonly count: number;
  readonly words: CampaignWords;
  readonly deskWords: DeskWords;
  readonly basis: CampaignBasis;
}): ReactNode {
  const { unattributed, total, totalRows } = list.head;
  const sales = (sum: typeof total): string => words.money(basis === 'cohort' ? sum.net_sales_cohort : sum.net_sales);
  const line = (name: string, sum: typeof total): ReactNode => (
    <Table.Summary.Row>
      <Table.Summary.Cell index={0} colSpan={count + 1}>
        <span className="total-line">
          <span className="strong">{name}</span>
          <span>
            {t('director.spendBar')} <span className="figure">{words.money(sum.spend)}</span>
          </span>
          <span>
            {t('director.netSales')} <span className="figure">{sales(sum)}</span>
          </span>
          {sum.roi !== null && (
            <span>
              {t('director.roi')} <span className="figure">{words.roi(sum.roi)}</span>
            </span>
          )}
        </span>
      </Table.Summary.Cell>
    </Table.Summary.Row>
  );
  return (
    <Table.Summary>
      {line(t('director.unattributed'), unattributed)}
      {line(t('director.total', { count: totalRows }), total)}
    </Table.Summary>
  );
}
