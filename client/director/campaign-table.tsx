/** The table of campaigns: sorts, groups, hides and pins columns, opens a row, and stays smooth with ten thousand of them. */
import { Button, Grid, Select, Table } from 'antd';
import { memo, useCallback, useMemo, type ReactNode } from 'react';
import { campaignGroupings, OPEN_CAMPAIGNS, type CampaignGrouping } from '../../shared/kpi/campaign-choices.ts';
import { ANY_PHASE, campaignPhases } from './campaign-phases.ts';
import type { CampaignBasis, CampaignRow } from '../../shared/kpi/campaigns.ts';
import type { Grain } from '../../shared/kpi/types.ts';
import { Empty } from '../desk-kit/states.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import {
  columnsOf,
  onPhone,
  optional,
  sortFields,
  staysInView,
  tableColumns,
  totalCell,
  type CampaignColumn,
  type TotalLine,
} from './campaign-columns.tsx';
import { CampaignDetail } from './campaign-detail.tsx';
import { isGroup, lineKey, linesOf, type GroupLine, type TableLine } from './campaign-groups.ts';
import { LongTable } from './campaign-long-table.tsx';
import type { CampaignList } from './campaign-order.ts';
import { useCampaignWords } from './campaign-words.ts';

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
  readonly hidden: ReadonlySet<string>;
  readonly pinned: ReadonlySet<string>;
  readonly grouping: CampaignGrouping | null;
  /** Groups whose campaigns are not shown. */
  readonly folded: ReadonlySet<string>;
  /** One campaign is shown, by its link. */
  readonly alone: boolean;
  /** A phase, or what stands for several of them. */
  readonly phase: string;
  readonly opened: string | null;
  readonly onChoose: (choice: {
    readonly sort?: string;
    readonly hide?: readonly string[];
    readonly pin?: readonly string[];
    readonly group?: CampaignGrouping | null;
    readonly fold?: readonly string[];
    readonly phase?: string | null;
    readonly open?: string | null;
  }) => void;
  readonly query: CampaignQuestion;
  readonly again: () => void;
}

/** From so many rows on only those in view are drawn. */
const LONG_FROM = 100;
const NONE = '';

function Shown(props: CampaignTableProps): ReactNode {
  const { list, changed, sort, hidden, pinned, grouping, folded, alone, phase, opened, onChoose, query, again } = props;
  const deskWords = useDeskWords();
  const { t } = deskWords;
  const words = useCampaignWords();
  const { timeZone } = useWorkspace();
  const phone = Grid.useBreakpoint().md === false;
  const { quarter } = list.head;
  const columns = useMemo(() => {
    const groupCell = ({ group: { key, count, flagged } }: GroupLine): ReactNode => {
      const name = key === NONE ? t('director.noGroup') : groupName(grouping, key);
      const shut = folded.has(key);
      return (
        <span className="campaign-group">
          <Button
            type="text"
            size="small"
            aria-expanded={!shut}
            aria-label={t('director.unfold', { name })}
            onClick={() => onChoose({ fold: shut ? [...folded].filter((one) => one !== key) : [...folded, key] })}
          >
            {shut ? '▸' : '▾'}
          </Button>
          <span className="strong">{name}</span> <span className="small">{t('director.inGroup', { count })}</span>
          {flagged.count > 0 && <span className="small amber">{t('director.lost', { value: words.money(flagged.lost) })}</span>}
        </span>
      );
    };
    const groupName = (by: CampaignGrouping | null, key: string): string => {
      if (by === 'phase') return t(`director.phases.${campaignPhases.find((one) => one === key) ?? 'before'}`);
      const kind = by === 'kind' ? kinds.find((one) => one === key) : undefined;
      return kind === undefined ? key : t(`director.kinds.${kind}`);
    };
    return columnsOf({ deskWords, words, basis: query.basis, timeZone, phone, quarter, groupCell });
  }, [deskWords, t, words, query.basis, timeZone, phone, quarter, grouping, folded, onChoose]);
  const shown = useMemo(() => {
    const kept = columns.filter(({ key }) => (phone ? onPhone.has(key) : !hidden.has(key)));
    const first = ({ key }: CampaignColumn): boolean => staysInView(key, { pinned, phone });
    return [...kept.filter(first), ...kept.filter((column) => !first(column))];
  }, [columns, hidden, pinned, phone]);
  const lines = useMemo(() => linesOf(list, grouping, folded), [list, grouping, folded]);
  const totals = useTotals(list.head);
  const onSort = useCallback(
    (key: unknown, upwards: boolean) => onChoose({ sort: `${upwards ? '' : '-'}${sortFields[String(key)] ?? 'spend'}` }),
    [onChoose],
  );
  // The address of an opened row says what is listed too: a link without it shows the campaign whatever its phase is by then.
  const onOpen = useCallback((id: string | null) => !alone && onChoose({ open: id, phase }), [alone, onChoose, phase]);
  const detail = useCallback((row: CampaignRow) => <CampaignDetail row={row} query={query} onDecided={again} />, [query, again]);
  return (
    <section className="part">
      <Tools {...props} columns={columns} phone={phone} />
      {lines.length >= LONG_FROM ? (
        <LongTable {...{ lines, columns: shown, totals, moved: changed, sort, pinned, phone, opened, onOpen, onSort, detail }} />
      ) : (
        <Table<TableLine>
          size="small"
          rowKey={lineKey}
          pagination={false}
          dataSource={[...lines]}
          columns={tableColumns(shown, { sort, pinned, phone, moved: changed })}
          scroll={{ x: phone ? 320 : shown.reduce((sum, { width }) => sum + width, 0) }}
          locale={{ emptyText: <Empty title={t('director.nothingFound')} /> }}
          rowClassName={(line) => (isGroup(line) ? 'campaign-group-row' : changed.has(line.campaignId) ? 'campaign-moved' : '')}
          onChange={(_pages, _filters, sorter) => {
            const one = Array.isArray(sorter) ? sorter[0] : sorter;
            if (one?.columnKey !== undefined) onSort(one.columnKey, one.order === 'ascend');
          }}
          expandable={{
            expandedRowKeys: opened === null ? [] : [opened],
            rowExpandable: (line) => !isGroup(line),
            onExpand: (open, line) => onOpen(open && !isGroup(line) ? line.campaignId : null),
            expandedRowRender: (line) => !isGroup(line) && detail(line),
          }}
          summary={() => <Totals totals={totals} columns={shown} />}
        />
      )}
    </section>
  );
}

/** Drawn anew with its rows and with what somebody chooses, and not with each question on its way. */
export const CampaignTable = memo(Shown);

const kinds = ['node', 'theme', 'offline', 'always-on'] as const;

function Tools({ changed, sortAgain, ...choices }: CampaignTableProps & ShownColumns): ReactNode {
  const { t } = useDeskWords();
  const { grouping, alone, phase, hidden, pinned, onChoose, columns, phone, list } = choices;
  return (
    <div className="campaign-tools">
      <RowChoices {...{ grouping, phase, onChoose }} />
      {alone && (
        <Button size="small" href="/campaigns">
          {t('director.toList')}
        </Button>
      )}
      <span className="campaign-changed" role="status">
        {changed.size > 0 && (
          <>
            {t('director.changed', { count: changed.size })}
            <Button size="small" type="link" onClick={sortAgain}>
              {t('director.resort')}
            </Button>
          </>
        )}
      </span>
      {!phone && list.rows.length > 0 && <ColumnChoices {...{ hidden, pinned, onChoose, columns }} />}
    </div>
  );
}

interface ShownColumns {
  readonly columns: readonly CampaignColumn[];
  readonly phone: boolean;
}

/** The fields to choose from take longer to draw than all rows in sight, and no figure changes them. */
const RowChoices = memo(function RowChoices({
  grouping,
  phase,
  onChoose,
}: Pick<CampaignTableProps, 'grouping' | 'phase' | 'onChoose'>): ReactNode {
  const { t } = useDeskWords();
  return (
    <>
      <Select
        size="small"
        aria-label={t('director.group')}
        value={grouping ?? NONE}
        options={[NONE, ...campaignGroupings].map((value) => ({
          value,
          label: t(`director.groups.${campaignGroupings.find((one) => one === value) ?? 'none'}`),
        }))}
        onChange={(value) => onChoose({ group: campaignGroupings.find((one) => one === value) ?? null, fold: [] })}
        popupMatchSelectWidth={false}
      />
      <Select
        size="small"
        aria-label={t('director.phase')}
        value={phase}
        options={[
          { value: OPEN_CAMPAIGNS, label: t('director.openPhase') },
          { value: ANY_PHASE, label: t('director.anyPhase') },
          ...campaignPhases.map((value) => ({ value: String(value), label: t(`director.phases.${value}`) })),
        ]}
        onChange={(value) => onChoose({ phase: value })}
        popupMatchSelectWidth={false}
      />
    </>
  );
});

const ColumnChoices = memo(function ColumnChoices({
  hidden,
  pinned,
  onChoose,
  columns,
}: Pick<CampaignTableProps, 'hidden' | 'pinned' | 'onChoose'> & Pick<ShownColumns, 'columns'>): ReactNode {
  const { t } = useDeskWords();
  const names = columns.filter(({ key }) => optional.some((name) => name === key)).map(({ key, title }) => ({ value: key, label: title }));
  const many = { mode: 'multiple', size: 'small', maxTagCount: 0, options: names, popupMatchSelectWidth: false } as const;
  return (
    <>
      <Select
        {...many}
        className="campaign-columns"
        aria-label={t('director.pins')}
        placeholder={t('director.pins')}
        maxTagPlaceholder={() => t('director.pins')}
        value={optional.filter((name) => pinned.has(name))}
        onChange={(kept: string[]) => onChoose({ pin: kept })}
      />
      <Select
        {...many}
        className="campaign-columns"
        aria-label={t('director.columns')}
        placeholder={t('director.columns')}
        maxTagPlaceholder={() => t('director.columns')}
        value={optional.filter((name) => !hidden.has(name))}
        onChange={(kept: string[]) => onChoose({ hide: optional.filter((name) => !kept.includes(name)) })}
      />
    </>
  );
});

interface TotalsProps {
  readonly totals: readonly TotalLine[];
  readonly columns: readonly CampaignColumn[];
}

/** What is listed, what belongs to no campaign, and the whole. */
function useTotals({ unattributed, total, listed, totalRows }: CampaignList['head']): readonly TotalLine[] {
  const { t } = useDeskWords();
  return useMemo(
    () => [
      { name: t('director.listed', { count: totalRows }), sum: listed },
      { name: t('director.unattributed'), sum: unattributed },
      { name: t('director.total'), sum: total },
    ],
    [t, unattributed, total, listed, totalRows],
  );
}

/** The totals as the last rows of a table, each under the column it is a sum of. */
function Totals({ totals, columns }: TotalsProps): ReactNode {
  return (
    <Table.Summary>
      {totals.map((line) => (
        <Table.Summary.Row key={line.name}>
          <Table.Summary.Cell index={0} />
          {columns.map((column, i) => (
            <Table.Summary.Cell key={column.key} index={i + 1} {...(column.align && { align: column.align })}>
              {totalCell(column, line)}
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      ))}
    </Table.Summary>
  );
}
