/** Which earlier days show what is usual on a day (AN1). */
import type { Nodes } from '../nodes/nodes.ts';

/** How far back ordinary days are looked for: what was usual in another season says little. */
const DAYS_BACK = 84;
const ORDINARY_MOST = 40;
/** Days off are rare: those of more than a year are looked at. */
const HOLIDAYS_BACK = 400;
const HOLIDAYS_MOST = 16;
/** Days of a node beside the same one that are like it, and how often the node is looked for before. */
const NODE_BESIDE = [0, -1, 1, -2, 2];
const NODE_TIMES = 2;

export interface LikeDay {
  readonly day: number;
  /** Days of one group are alike in their level; the groups share the shape of a day. */
  readonly group: number;
}
export interface LikeDays {
  /** The group of the day itself. */
  readonly group: number;
  /** Nearest first. */
  readonly days: readonly LikeDay[];
}

/**
 * An ordinary day: earlier workdays, or Saturdays and Sundays, of no node, in a group for each weekday. A day off: earlier
 * days off of no node. A day of a node: the same days of the node, and two days to either side, the last two times.
 */
export function likeDays(nodes: Nodes, day: number): LikeDays {
  const placed = nodes.nodeOf(day);
  if (placed) {
    const days = Array.from({ length: NODE_TIMES }, (_, i) => nodes.ownDay(placed.node, placed.year - 1 - i))
      .filter((own) => own !== undefined)
      .flatMap((own) => NODE_BESIDE.map((beside) => own + placed.offset + beside))
      .filter((like) => nodes.nodeOf(like)?.node === placed.node);
    return { group: 0, days: days.map((like) => ({ day: like, group: 0 })) };
  }
  const kind = nodes.kindOf(day);
  const groupOf = (like: number): number => (kind === 'holiday' ? 0 : nodes.weekdayLike(like));
  const [back, most] = kind === 'holiday' ? [HOLIDAYS_BACK, HOLIDAYS_MOST] : [DAYS_BACK, ORDINARY_MOST];
  const days: LikeDay[] = [];
  for (let like = day - 1; like >= day - back && days.length < most; like -= 1) {
    if (nodes.nodeOf(like) === undefined && nodes.kindOf(like) === kind) days.push({ day: like, group: groupOf(like) });
  }
  return { group: groupOf(day), days };
}
