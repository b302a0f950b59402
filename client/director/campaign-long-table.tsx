/** A table of hundreds of campaigns and more: the head and its sorting are Ant Design's, the rows are our own (campaign-rows.tsx). */
import { Table, type TableProps } from 'antd';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { cellOf, headOf, staysInView, totalCell, type CampaignColumn, type TotalLine } from './campaign-columns.tsx';
import { ant, CampaignRows, FootRows, OPENER_PX, type CampaignRowsProps, type RowColumn } from './campaign-rows.tsx';

/** The sums below the rows included. */
const HEIGHT = 720;

export interface LongTableProps extends Pick<CampaignRowsProps, 'lines' | 'moved' | 'opened' | 'onOpen' | 'detail'> {
  readonly columns: readonly CampaignColumn[];
  readonly totals: readonly TotalLine[];
  readonly sort: string;
  readonly pinned: ReadonlySet<string>;
  readonly phone: boolean;
  readonly onSort: (key: unknown, upwards: boolean) => void;
}

/** The columns, made wider in proportion where there is more room than they ask for; with `fit` also narrower where there is less. */
function filled(columns: readonly CampaignColumn[], room: number, fit: boolean): readonly CampaignColumn[] {
  const asked = columns.reduce((sum, { width }) => sum + width, 0);
  if (room <= 0 || asked === 0 || (asked >= room && !fit)) return columns;
  let left = room;
  return columns.map((column, i) => {
    const width = i === columns.length - 1 ? left : Math.floor((column.width * room) / asked);
    left -= width;
    return { ...column, width };
  });
}

/** What the head of the table does not know of its body, so that it is not drawn anew with the rows. */
const RowsContext = createContext<CampaignRowsProps | null>(null);

function Body({ head }: Pick<Parameters<typeof CampaignRows>[0], 'head'>): ReactNode {
  const rows = useContext(RowsContext);
  return rows && <CampaignRows {...rows} head={head} />;
}

interface Held {
  readonly key: string;
}
/** To the table there is one row, so that it has a body. */
const HELD: readonly Held[] = [{ key: 'rows' }];
const components: NonNullable<TableProps<Held>['components']> = { body: (_rows, head) => <Body head={head} /> };

export function LongTable({
  lines,
  columns,
  totals,
  moved,
  sort,
  pinned,
  phone,
  opened,
  onOpen,
  onSort,
  detail,
}: LongTableProps): ReactNode {
  const [room, setRoom] = useState(0);
  const drawn = useMemo(() => {
    const wide = filled(columns, room - OPENER_PX, phone);
    const before = (at: number): number => wide.slice(0, at).reduce((sum, { width }) => sum + width, OPENER_PX);
    // Where all columns are in view none has to stay there; each cell that may is a layer of its own to the browser.
    const wider = before(wide.length) > room;
    return wide.map((column, i) => ({ column, stuckAt: wider && staysInView(column.key, { pinned, phone }) ? before(i) : null }));
  }, [columns, room, pinned, phone]);
  const rowColumns = useMemo(
    () =>
      drawn.map(({ column, stuckAt }): RowColumn => ({
        ...{ key: column.key, width: column.width, stuckAt },
        ...(column.align && { align: column.align }),
        cell: (line, isMoved) => cellOf(column, line, isMoved),
      })),
    [drawn],
  );
  const head = useMemo(() => {
    const opener = {
      key: 'opener',
      width: OPENER_PX,
      className: ant.openerCell,
      ...(drawn.some(({ stuckAt }) => stuckAt !== null) && { fixed: 'left' as const }),
    };
    const own = drawn.map(({ column, stuckAt }) => ({
      ...headOf<Held>(column, sort),
      ...(stuckAt !== null && { fixed: 'left' as const, onHeaderCell: () => ({ style: { insetInlineStart: stuckAt } }) }),
    }));
    const width = drawn.reduce((sum, { column }) => sum + column.width, OPENER_PX);
    return (
      <Table<Held>
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={HELD}
        columns={[opener, ...own]}
        components={components}
        scroll={{ x: width, y: HEIGHT }}
        onChange={(_pages, _filters, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          if (one?.columnKey !== undefined) onSort(one.columnKey, one.order === 'ascend');
        }}
      />
    );
  }, [drawn, sort, onSort]);
  const foot = useMemo(
    () => (
      <FootRows
        columns={rowColumns}
        lines={totals.map((line) => ({ name: line.name, cells: drawn.map(({ column }) => totalCell(column, line)) }))}
      />
    ),
    [rowColumns, drawn, totals],
  );
  const rows = useMemo(
    () => ({ ...{ lines, moved, opened, onOpen, detail, foot }, columns: rowColumns, height: HEIGHT, onRoom: setRoom }),
    [lines, moved, opened, onOpen, detail, foot, rowColumns],
  );
  return <RowsContext value={rows}>{head}</RowsContext>;
}
