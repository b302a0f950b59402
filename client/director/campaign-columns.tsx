/** Columns of the table of campaigns: what each shows of a campaign, of a group of them and of all of them. */
import type { TableColumnsType, TableColumnType } from 'antd';
import type { ReactNode } from 'react';
import { hasSold } from '../../shared/kpi/campaign-choices.ts';
import type { CampaignBasis, CampaignRow, CampaignSum, CampaignTotal, ShareFigure } from '../../shared/kpi/campaigns.ts';
import { dayLabel } from '../format/instant.ts';
import type { DeskWords } from '../i18n/desk/use-desk-words.ts';
import { isGroup, type GroupLine, type TableLine } from './campaign-groups.ts';
import { Pace } from './campaign-pace.tsx';
import type { CampaignWords } from './campaign-words.ts';
import { PhaseBar } from './phase-bar.tsx';
import { RoasLine } from './roas-line.tsx';

export const optional = [
  ...['phase', 'pace', 'sales', 'margin', 'roi', 'roiRevenue', 'roas', 'shareToDate', 'shareOfTarget', 'shareFinal'],
  ...['cac', 'cpl', 'spread', 'decision'],
] as const;
/** Hidden until somebody chooses otherwise, so that the rest fits an ordinary desk. */
export const hiddenAtFirst: readonly string[] = ['roiRevenue', 'shareToDate', 'shareOfTarget', 'shareFinal', 'cac', 'cpl'];
export const onPhone: ReadonlySet<string> = new Set(['name', 'roi', 'pace']);

/** Which field of the list each column sorts by. */
export const sortFields: Readonly<Record<string, string>> = {
  name: 'name',
  phase: 'phase',
  pace: 'spend',
  sales: 'net_sales',
  margin: 'margin',
  roi: 'roi',
  roiRevenue: 'roi_revenue',
  roas: 'roas',
  shareToDate: 'campaign_share',
  shareOfTarget: 'campaign_share_of_target',
  shareFinal: 'campaign_share_final',
  cac: 'cac',
  cpl: 'cpl',
  spread: 'spreadRatio',
};

/** What a sum knows: of a campaign, of a group, of all, of what belongs to none. */
export type Summed = CampaignSum & Partial<Pick<CampaignTotal, ShareFigure> & Pick<CampaignRow, 'phase' | 'roi_low'>>;

/** A return of such a campaign would be read as a verdict. Sums of several have no phase. */
export const tooEarly = ({ phase = null }: Pick<Summed, 'phase'>): boolean => phase !== null && !hasSold(phase);

/** How low and how high the return may come out, in words; null where it is known, or where both read the same. */
export function returnRange(
  { roi, roi_low }: Pick<Summed, 'roi' | 'roi_low'>,
  words: Pick<CampaignWords, 'roi'>,
): { low: string; high: string } | null {
  if (roi === null || typeof roi_low !== 'number') return null;
  const [low, high] = [words.roi(roi_low), words.roi(roi)];
  return low === high ? null : { low, high };
}

export interface CampaignColumn {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  readonly align?: 'right';
  readonly hint?: string;
  /** What any sum shows, a campaign among them. */
  readonly sum?: (sum: Summed) => ReactNode;
  /** `moved`: it has changed since the rows were sorted. */
  readonly row?: (row: CampaignRow, moved: boolean) => ReactNode;
  readonly group?: (line: GroupLine) => ReactNode;
}

export interface ColumnParts {
  readonly deskWords: DeskWords;
  readonly words: CampaignWords;
  readonly basis: CampaignBasis;
  readonly timeZone: string;
  readonly phone: boolean;
  readonly quarter: string;
  readonly groupCell: (line: GroupLine) => ReactNode;
}

export function columnsOf(parts: ColumnParts): readonly CampaignColumn[] {
  const { deskWords, words, basis, timeZone, phone, quarter } = parts;
  const { t, coded, language } = deskWords;
  const why = (sum: Summed, name: keyof Summed['reasons']): string => {
    const reason = sum.reasons[name];
    return reason === undefined ? '' : coded('reason', reason);
  };
  const notYet = (sum: Summed, align = ''): ReactNode => (
    <span className={`stacked ${align}`}>
      <span className="figure">—</span>
      {sum.phase === 'warmup' && <span className="small">{t('director.tooEarly')}</span>}
    </span>
  );
  const roi = (sum: Summed, name: 'roi' | 'roi_revenue', strong: boolean): ReactNode =>
    tooEarly(sum) ? (
      notYet(sum, 'right')
    ) : (
      <span className="stacked right" title={why(sum, name)}>
        <span className={strong ? 'figure strong' : 'figure'}>{words.roi(sum[name])}</span>
        {sum[name] === null && why(sum, name) !== '' && <span className="small">{why(sum, name)}</span>}
      </span>
    );
  const share = (key: string, name: ShareFigure): CampaignColumn => ({
    ...{ key, title: t(`director.${shareTitles[name]}`), align: 'right', width: 100, hint: t('director.shareHint', { quarter }) },
    sum: (sum) => {
      const value = sum[name] ?? null;
      return value === null && sum.reasons[name] === 'not_over' ? (
        <span className="small">{t('director.notOver')}</span>
      ) : (
        <span className="figure" title={value === null ? why(sum, name) : ''}>
          {words.share(value)}
        </span>
      );
    },
  });
  return [
    {
      ...{ key: 'name', title: t('director.campaign'), width: phone ? 120 : 274 },
      row: (row, moved) => <Name row={row} moved={moved} parts={parts} />,
      group: parts.groupCell,
    },
    {
      ...{ key: 'phase', title: t('director.phase'), width: 140 },
      row: (row) => (
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
      ...{ key: 'pace', title: t('director.spendBudget'), width: phone ? 120 : 170 },
      row: (row) => <Pace row={row} words={words} />,
      group: ({ group: { spend, budget } }) => (
        <span className="figure" title={`${words.fullMoney(spend)} / ${words.fullMoney(budget)}`}>
          <span className="strong">{words.money(spend)}</span> / {words.money(budget)}
        </span>
      ),
      sum: ({ spend }) => (
        <span className="figure strong" title={words.fullMoney(spend)}>
          {words.money(spend)}
        </span>
      ),
    },
    {
      ...{ key: 'sales', title: t(basis === 'cohort' ? 'director.netSalesCohort' : 'director.netSales'), align: 'right', width: 110 },
      sum: (sum) => {
        if (tooEarly(sum)) return notYet(sum, 'right');
        const value = basis === 'cohort' ? sum.net_sales_cohort : sum.net_sales;
        return (
          <span className="figure" title={words.fullMoney(value)}>
            {words.money(value)}
          </span>
        );
      },
    },
    {
      ...{ key: 'margin', title: t('director.marginShort'), align: 'right', width: 100 },
      sum: (sum) => {
        if (tooEarly(sum)) return notYet(sum, 'right');
        const { margin, coverage } = sum;
        return (
          <span className="stacked right">
            <span className="figure" title={words.fullMoney(margin)}>
              {words.money(margin)}
            </span>
            {coverage !== null && coverage < 1 && <span className="small">{t('director.coverage', { value: words.part(coverage) })}</span>}
          </span>
        );
      },
    },
    {
      ...{ key: 'roi', title: t('director.roi'), align: 'right', width: phone ? 86 : 140 },
      sum: (sum) => {
        if (tooEarly(sum)) return notYet(sum, 'right');
        const range = returnRange(sum, words);
        return (
          <span className="stacked right">
            {roi(sum, 'roi', true)}
            {range !== null && <span className="small">{t('director.range', range)}</span>}
            {sum.maturity !== null && sum.roi !== null && (
              <span className="small">{t('director.maturity', { value: words.part(sum.maturity) })}</span>
            )}
          </span>
        );
      },
    },
    { ...{ key: 'roiRevenue', title: t('director.roiRevenue'), align: 'right', width: 120 }, sum: (sum) => roi(sum, 'roi_revenue', false) },
    {
      ...{ key: 'roas', title: t('director.roas'), width: 170 },
      sum: (sum) =>
        tooEarly(sum) ? (
          notYet(sum)
        ) : (
          <span className="roas" title={why(sum, 'roas')}>
            <span className="figure">{words.factor(sum.roas)}</span>
            <RoasLine roas={sum.roas} breakEven={sum.break_even_roas} />
            {sum.break_even_roas !== null && (
              <span className="small">{t('director.breakEven', { value: words.factor(sum.break_even_roas) })}</span>
            )}
          </span>
        ),
    },
    share('shareToDate', 'campaign_share'),
    share('shareOfTarget', 'campaign_share_of_target'),
    share('shareFinal', 'campaign_share_final'),
    {
      ...{ key: 'cac', title: t('director.cac'), align: 'right', width: 100 },
      sum: (sum) => <span title={why(sum, 'cac')}>{words.money(sum.cac)}</span>,
    },
    {
      ...{ key: 'cpl', title: t('director.cpl'), align: 'right', width: 100 },
      sum: (sum) => <span title={why(sum, 'cpl')}>{words.money(sum.cpl)}</span>,
    },
    {
      ...{ key: 'spread', title: t('director.spread'), align: 'right', width: 100 },
      row: (row) => <span className="figure">{words.share(row.spreadRatio)}</span>,
    },
    {
      ...{ key: 'decision', title: t('director.decision'), align: 'right', width: 100 },
      row: ({ decision, flag }) =>
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

const shareTitles = {
  campaign_share: 'shareToDate',
  campaign_share_of_target: 'shareOfTarget',
  campaign_share_final: 'shareFinal',
} as const satisfies Record<ShareFigure, string>;

function Name({
  row,
  moved,
  parts: {
    deskWords: { t },
    words,
  },
}: {
  readonly row: CampaignRow;
  readonly moved: boolean;
  readonly parts: ColumnParts;
}): ReactNode {
  return (
    <div className="campaign-name">
      <span className="strong">{row.name ?? row.campaignId}</span>
      {moved && <span className="moved-dot" aria-hidden="true" />}
      {row.flag && <span className="flag-mark">{t('director.flag')}</span>}
      {row.flag && (
        <span className="small amber">
          {t('director.lost', { value: words.money(row.flag.lost) })}
          {row.flag.step !== null && ` · ${t(`director.steps.${row.flag.step}`, { at: row.flag.at ?? '' })}`}
        </span>
      )}
      {row.gaps.length > 0 && <span className="small">{row.gaps.map((gap) => t(`director.gaps.${gap}`)).join(' · ')}</span>}
    </div>
  );
}

/** The first column and pinned ones stay in view. */
export const staysInView = (key: string, { pinned, phone }: Stuck): boolean => !phone && (key === 'name' || pinned.has(key));

interface Stuck {
  readonly pinned: ReadonlySet<string>;
  readonly phone: boolean;
}

export function cellOf({ row, group, sum }: CampaignColumn, line: TableLine, moved: boolean): ReactNode {
  if (isGroup(line)) return group ? group(line) : sum?.(line.group);
  return row ? row(line, moved) : sum?.(line);
}

/** A line of sums below the rows. */
export interface TotalLine {
  readonly name: string;
  readonly sum: Summed;
}

export const totalCell = ({ key, sum: shown }: CampaignColumn, { name, sum }: TotalLine): ReactNode =>
  key === 'name' ? <span className="strong">{name}</span> : shown?.(sum);

/** What the head of a column shows, and what it sorts by. */
export function headOf<Row>({ key, title, width, align, hint }: CampaignColumn, sort: string): TableColumnType<Row> {
  const field = sortFields[key];
  const chosen = field !== undefined && sort.replace(/^-/u, '') === field;
  return {
    ...{ key, width, title: hint === undefined ? title : <span title={hint}>{title}</span> },
    ...(align && { align }),
    ...(field !== undefined && {
      sorter: true,
      sortDirections: ['descend', 'ascend', 'descend'],
      sortOrder: chosen ? (sort.startsWith('-') ? 'descend' : 'ascend') : null,
    }),
  };
}

/** As the table wants them. */
export function tableColumns(
  columns: readonly CampaignColumn[],
  { sort, moved, ...stuck }: Stuck & { readonly sort: string; readonly moved: ReadonlySet<string> },
): TableColumnsType<TableLine> {
  return columns.map((column) => ({
    ...headOf<TableLine>(column, sort),
    ...(staysInView(column.key, stuck) && { fixed: 'left' }),
    render: (_: unknown, line: TableLine) => cellOf(column, line, !isGroup(line) && moved.has(line.campaignId)),
  }));
}
