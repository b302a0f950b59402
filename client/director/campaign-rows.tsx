/**
 * The rows of a long table of campaigns. Ant Design's own list for long tables draws every cell in sight anew in each frame of
 * scrolling, measures them, and goes through all rows for each figure that changed: with ten thousand rows that takes a slow
 * machine a quarter of a second. Here a row is drawn when it comes in sight and when it has changed, and never else.
 */
import { ConfigProvider } from 'antd';
import { memo, useCallback, useContext, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, ReactNode, Ref, RefObject } from 'react';
import type { CampaignRow } from '../../shared/kpi/campaigns.ts';
import { isGroup, lineKey, type TableLine } from './campaign-groups.ts';
import { createRowPlaces, type RowPlaces } from './row-places.ts';

/** Drawn above and below what is in sight, so that a fast wheel shows no gap. */
const SPARE_PX = 300;
/** Of a row of two lines, before one has been measured. */
const ROW_PX = 56;
/** The place for what opens a row. */
export const OPENER_PX = 48;

/** Classes that Ant Design's own style sheet gives the rows of a table: ours look like those of a short table. */
export const ant = {
  ...{
    body: 'ant-table-body',
    rows: 'ant-table-tbody',
    row: 'ant-table-row',
    cell: 'ant-table-cell',
    below: 'ant-table-expanded-row',
    foot: 'ant-table-summary',
  },
  ...{ belowBox: 'ant-table-expanded-row-fixed', openerCell: 'ant-table-row-expand-icon-cell', opener: 'ant-table-row-expand-icon' },
  ...{ opened: 'ant-table-row-expand-icon-expanded', shut: 'ant-table-row-expand-icon-collapsed' },
  ...{
    stuck: 'ant-table-cell-fix ant-table-cell-fix-start',
    edge: 'ant-table-cell-fix-start-shadow',
    edgeSeen: 'ant-table-cell-fix-start-shadow-show',
  },
} as const;

export interface RowColumn {
  readonly key: string;
  readonly width: number;
  readonly align?: 'right';
  /** Stays in view at this distance from the left edge. */
  readonly stuckAt: number | null;
  readonly cell: (line: TableLine, moved: boolean) => ReactNode;
}

/** A line, or what is shown below one that is open. */
type Entry = TableLine | { readonly below: CampaignRow };
const isBelow = (entry: Entry): entry is { readonly below: CampaignRow } => 'below' in entry;
const keyOf = (entry: Entry): string => (isBelow(entry) ? `below ${entry.below.campaignId}` : lineKey(entry));

export interface CampaignRowsProps {
  readonly lines: readonly TableLine[];
  readonly columns: readonly RowColumn[];
  /** Campaigns that have changed since the rows were sorted. */
  readonly moved: ReadonlySet<string>;
  readonly opened: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly detail: (row: CampaignRow) => ReactNode;
  /** Rows that stay in sight below the others while these scroll. */
  readonly foot: ReactNode;
  /** Of the box that scrolls, in a window that is high enough; CSS px. */
  readonly height: number;
  /** Told the width that there is for all columns. */
  readonly onRoom: (width: number) => void;
}

/** What the head of the table hands to its body. */
interface HeadParts {
  readonly scrollbarSize: number;
  readonly ref: Ref<{ scrollLeft: number }>;
  readonly onScroll: (info: { currentTarget?: HTMLElement; scrollLeft?: number }) => void;
}

export function CampaignRows(props: CampaignRowsProps & { readonly head: HeadParts }): ReactNode {
  const { lines, columns, moved, opened, onOpen, detail, foot, height, onRoom, head } = props;
  const { scrollbarSize, ref: headRef, onScroll } = head;
  const box = useRef<HTMLDivElement | null>(null);
  /** Whether what was measured since the last drawing calls for another one. */
  const outdated = useRef((): boolean => false);
  const { places, watch } = usePlaces(outdated);
  const [[above, below], setSeen] = useState<readonly [number, number]>([0, height]);
  /** As `seen`, and also of scrolls for which nothing was drawn. */
  const now = useRef<readonly [number, number]>([0, height]);
  const [aside, setAside] = useState(false);
  const entries = useMemo(() => {
    const at = opened === null ? -1 : lines.findIndex((line) => !isGroup(line) && line.campaignId === opened);
    const row = lines[at];
    return row === undefined || isGroup(row) ? lines : [...lines.slice(0, at + 1), { below: row }, ...lines.slice(at + 1)];
  }, [lines, opened]);
  const keys = useMemo(() => entries.map(keyOf), [entries]);
  places.list(keys, columns.map(({ key, width }) => `${key} ${width}`).join());

  useImperativeHandle(headRef, () => {
    if (box.current === null) throw new Error('the head of the table was asked to scroll rows that are not there');
    return box.current;
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    onRoom(element.offsetWidth);
    const observer = new ResizeObserver(() => onRoom(element.offsetWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [onRoom]);

  const from = places.at(above - SPARE_PX);
  const to = Math.min(entries.length, places.at(below + SPARE_PX) + 1);
  const [spaceAbove, spaceBelow] = [places.top(from), places.top(entries.length) - places.top(to)];
  // The heights of the rows that are drawn are theirs whatever is known of them: only the space above and below is told by it.
  outdated.current = () => {
    const [top, bottom] = now.current;
    const moved = (space: number, drawn: number): boolean => Math.abs(space - drawn) >= 1;
    return (
      places.at(top - SPARE_PX) < from ||
      Math.min(entries.length, places.at(bottom + SPARE_PX) + 1) > to ||
      moved(places.top(from), spaceAbove) ||
      moved(places.top(entries.length) - places.top(to), spaceBelow)
    );
  };
  const widths = columns.map(({ width }, i) => (i === columns.length - 1 ? width - scrollbarSize : width));
  const width = widths.reduce((sum, one) => sum + one, OPENER_PX);
  return (
    <div
      ref={box}
      className={`${ant.body} campaign-rows`}
      style={{ height: `min(${height}px, 75dvh)` }}
      onScroll={({ currentTarget }) => {
        const { scrollTop, clientHeight, scrollLeft } = currentTarget;
        now.current = [scrollTop, scrollTop + clientHeight];
        // Few scrolls bring another row near: the others draw nothing.
        const [first, last] = [places.at(scrollTop - SPARE_PX), places.at(scrollTop + clientHeight + SPARE_PX)];
        if (first !== from || last + 1 !== to) setSeen(now.current);
        if (scrollLeft > 0 !== aside) setAside(scrollLeft > 0);
        onScroll({ currentTarget, scrollLeft });
      }}
    >
      <table style={{ width, tableLayout: 'fixed' }} aria-rowcount={lines.length}>
        <colgroup>
          <col style={{ width: OPENER_PX }} />
          {columns.map(({ key }, i) => (
            <col key={key} style={{ width: widths[i] }} />
          ))}
        </colgroup>
        <tbody className={ant.rows}>
          <tr aria-hidden="true" style={{ height: spaceAbove }} />
          {entries.slice(from, to).map((entry, i) =>
            isBelow(entry) ? (
              <tr key={keyOf(entry)} ref={watch} data-row-key={keyOf(entry)} className={ant.below}>
                <td className={ant.cell} colSpan={columns.length + 1}>
                  <div className={`${ant.belowBox} campaign-below`} style={{ width: box.current?.clientWidth }}>
                    {detail(entry.below)}
                  </div>
                </td>
              </tr>
            ) : (
              <Row
                key={keyOf(entry)}
                line={entry}
                place={from + i}
                columns={columns}
                moved={!isGroup(entry) && moved.has(entry.campaignId)}
                open={!isGroup(entry) && entry.campaignId === opened}
                aside={aside}
                onOpen={onOpen}
                watch={watch}
              />
            ),
          )}
          <tr aria-hidden="true" style={{ height: spaceBelow }} />
        </tbody>
        {foot}
      </table>
    </div>
  );
}

/** The places of the rows, and what watches the heights of those that are drawn. */
function usePlaces(outdated: RefObject<() => boolean>): { readonly places: RowPlaces; readonly watch: RowProps['watch'] } {
  const [places] = useState(() => createRowPlaces(ROW_PX));
  const [, setTurn] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  const watch = useCallback(
    (row: HTMLTableRowElement | null) => {
      if (row === null) return undefined;
      observer.current ??= new ResizeObserver((changes) => {
        const found = new Map<string, number>();
        for (const { target, borderBoxSize } of changes) {
          const [key, height] = [target instanceof HTMLElement && target.dataset['rowKey'], borderBoxSize[0]?.blockSize];
          if (typeof key === 'string' && height !== undefined && height > 0) found.set(key, height);
        }
        if (places.measured(found) && outdated.current()) setTurn((turn) => turn + 1);
      });
      const own = observer.current;
      own.observe(row);
      return () => own.unobserve(row);
    },
    [places, outdated],
  );
  useEffect(() => () => observer.current?.disconnect(), []);
  return { places, watch };
}

interface RowProps {
  readonly line: TableLine;
  readonly place: number;
  readonly columns: readonly RowColumn[];
  readonly moved: boolean;
  readonly open: boolean;
  /** The table is scrolled to the side. */
  readonly aside: boolean;
  readonly onOpen: (id: string | null) => void;
  readonly watch: (row: HTMLTableRowElement | null) => (() => void) | undefined;
}

/** The look of a cell: at its side of the column, and in view where its column is. `stuck`: how many columns stay in view. */
function cellLook({ align, stuckAt }: Pick<RowColumn, 'align' | 'stuckAt'>, i: number, stuck: number, aside: boolean) {
  const edge = i === stuck - 1 ? `${ant.edge} ${aside ? ant.edgeSeen : ''}` : '';
  return {
    className: `${ant.cell} ${stuckAt === null ? '' : `${ant.stuck} ${edge}`}`,
    style: { ...(align && { textAlign: align }), ...(stuckAt !== null && stuckStyle(stuckAt, stuck - i - 1)) },
  };
}

function openerLook(stuck: number) {
  return { className: `${ant.cell} ${ant.openerCell} ${stuck > 0 ? ant.stuck : ''}`, style: stuckStyle(0, stuck) };
}

interface FootProps {
  readonly columns: readonly RowColumn[];
  readonly lines: readonly { readonly name: string; readonly cells: readonly ReactNode[] }[];
}

/** Sums that stay in sight below the rows, each under the column that it is a sum of. */
export function FootRows({ columns, lines }: FootProps): ReactNode {
  const stuck = columns.filter(({ stuckAt }) => stuckAt !== null).length;
  return (
    <tfoot className={`${ant.foot} campaign-foot`}>
      {lines.map(({ name, cells }) => (
        <tr key={name}>
          <td {...openerLook(stuck)} />
          {columns.map((column, i) => (
            <td key={column.key} {...cellLook(column, i, stuck, false)}>
              {cells[i]}
            </td>
          ))}
        </tr>
      ))}
    </tfoot>
  );
}

function DrawnRow({ line, place, columns, moved, open, aside, onOpen, watch }: RowProps): ReactNode {
  const { locale } = useContext(ConfigProvider.ConfigContext);
  const state = isGroup(line) ? 'campaign-group-row' : moved ? 'campaign-moved' : '';
  const stuck = columns.filter(({ stuckAt }) => stuckAt !== null).length;
  return (
    <tr ref={watch} data-row-key={lineKey(line)} aria-rowindex={place + 1} className={`${ant.row} ${state}`}>
      <td {...openerLook(stuck)}>
        {!isGroup(line) && (
          <button
            type="button"
            className={`${ant.opener} ${open ? ant.opened : ant.shut}`}
            aria-label={open ? locale?.Table?.collapse : locale?.Table?.expand}
            aria-expanded={open}
            onClick={() => onOpen(open ? null : line.campaignId)}
          />
        )}
      </td>
      {columns.map((column, i) => (
        <td key={column.key} {...cellLook(column, i, stuck, aside)}>
          {column.cell(line, moved)}
        </td>
      ))}
    </tr>
  );
}
const Row = memo(DrawnRow);

/** The style sheet of the table reads the order of the cells that lie over each other from this property. */
const stuckStyle = (at: number, over: number): CSSProperties & Record<'--z-offset-reverse', number> => ({
  insetInlineStart: at,
  '--z-offset-reverse': over,
});
