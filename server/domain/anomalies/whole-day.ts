/** Figures that come once a day, such as organic visits: a whole day is held against like days (AN2). */
import { median, rooted, unrooted, type Measure } from './scale.ts';

export interface DayTotal {
  readonly group: number;
  readonly total: number;
}

/** How a day's total lies to those of like days. Days of other groups lend their spread about their own middle. */
export function judgeWholeDay(days: readonly DayTotal[], group: number, total: number, measure: Measure) {
  const roots = days.map((day) => ({ group: day.group, root: rooted(day.total, measure) }));
  const middleOf = (g: number): number => median(roots.filter((day) => day.group === g).map((day) => day.root));
  const middles = new Map([...new Set([group, ...roots.map((day) => day.group)])].map((g) => [g, middleOf(g)]));
  const root = middles.get(group) ?? 0;
  const mad = median(roots.map((day) => Math.abs(day.root - (middles.get(day.group) ?? 0))));
  return { usual: unrooted(root, measure), mads: mad > 0 ? (rooted(total, measure) - root) / mad : 0 };
}
