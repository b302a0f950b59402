/** A long list of rows of one height, of which only those in sight are in the document. A row must keep no state of its own. */
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { createRowSlots } from './row-slots.ts';

/** Rows kept above and below those in sight, so that a fast wheel shows no gap. */
const SPARE_ROWS = 6;
/** Before the box has been measured, and where nothing can be measured. */
const FIRST_HEIGHT = 900;
/** Without a scroll for this long a list rests. */
const REST_MS = 150;
/** Rows that are put in order in the document in one frame once the list rests: all of them in one are felt as a jerk. */
const ORDERED_PER_FRAME = 3;

export interface VirtualListProps<Row> {
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  readonly keyOf: (row: Row) => string;
  /** `slot`: the number of the element that shows the row, which it keeps while it shows others. */
  readonly children: (row: Row, slot: number) => ReactNode;
  /** The key of a row to bring into sight when it changes. */
  readonly shown: string | null;
  readonly label: string;
  /** Stands behind the last row. */
  readonly after?: ReactNode;
}

function useHeight(box: RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(FIRST_HEIGHT);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight || FIRST_HEIGHT));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return height;
}

interface Seen {
  /** The row at the upper edge. */
  readonly first: number;
  /** The elements of so many rows, counted from the last in sight, follow each other in the document as the rows do: none while the list scrolls. */
  readonly ordered: number;
}

/** What is in sight, and what to call when the list scrolls to a row. */
function useSeen(): readonly [Seen, (first: number) => void, () => void] {
  const [seen, setSeen] = useState<Seen>({ first: 0, ordered: Infinity });
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  const orderMore = useCallback(() => setSeen((before) => ({ ...before, ordered: before.ordered + ORDERED_PER_FRAME })), []);
  const scrolled = useCallback(
    (first: number) => {
      setSeen((before) => (before.first === first ? before : { first, ordered: 0 }));
      clearTimeout(resting.current);
      resting.current = setTimeout(orderMore, REST_MS);
    },
    [orderMore],
  );
  return [seen, scrolled, orderMore];
}

export function VirtualList<Row>({ rows, rowHeight, keyOf, children, shown, label, after }: VirtualListProps<Row>): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const height = useHeight(box);
  const [{ first, ordered }, scrolled, orderMore] = useSeen();
  const [slots] = useState(createRowSlots);
  const from = Math.max(0, Math.min(first, rows.length) - SPARE_ROWS);
  const to = Math.min(rows.length, first + Math.ceil(height / rowHeight) + SPARE_ROWS);

  const bringIntoSight = useEffectEvent((key: string) => {
    const element = box.current;
    const place = rows.findIndex((row) => keyOf(row) === key);
    if (!element || place < 0) return;
    const top = place * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight - element.clientHeight;
  });
  useEffect(() => {
    if (shown !== null) bringIntoSight(shown);
    // Only another choice moves the list; rows that come and go above the chosen one do not.
  }, [shown, rowHeight]);

  const inSight = rows.slice(from, to);
  const ordering = ordered > 0 && ordered < inSight.length;
  useEffect(() => {
    if (!ordering) return undefined;
    const frame = requestAnimationFrame(orderMore);
    return () => cancelAnimationFrame(frame);
  }, [ordering, ordered, orderMore]);

  // The focus would stay on an element whose row is another one by now, and the next key would act on that.
  const reuse = box.current?.contains(document.activeElement) !== true;
  const placed = slots.place(inSight.map(keyOf), { reuse, ordered });
  return (
    <div className="virtual-box" ref={box} onScroll={({ currentTarget }) => scrolled(Math.floor(currentTarget.scrollTop / rowHeight))}>
      <ol aria-label={label} className="virtual-rows" style={{ height: rows.length * rowHeight }}>
        {placed.map(({ slot, index: i }) => {
          const row = inSight[i];
          if (row === undefined) return null;
          return (
            <li
              key={slot}
              className="virtual-row"
              aria-setsize={rows.length}
              aria-posinset={from + i + 1}
              style={{ height: rowHeight, transform: `translateY(${(from + i) * rowHeight}px)` }}
            >
              {children(row, slot)}
            </li>
          );
        })}
      </ol>
      {after}
    </div>
  );
}
