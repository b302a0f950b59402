/** Which earlier days today is drawn against, the likeliest first [SE5]. Pure. */
import type { Ghost } from '../../../shared/wire/views/overview.ts';
import type { Nodes } from '../nodes/nodes.ts';

export interface GhostDay extends Pick<Ghost, 'kind' | 'node'> {
  readonly day: number;
}

/** Weeks back in which a like weekday is looked for. */
const WEEKS = 4;

/**
 * The same day of the node a year earlier, where today belongs to one. The last day with the habits of the same weekday:
 * seven days back or, where a node or a day off lies there and today is none, a week or more before that. Yesterday.
 */
export function ghostDays(nodes: Nodes, today: number): readonly GhostDay[] {
  const node = nodes.nodeOf(today);
  const lastTime = nodes.sameDayOfNodeLastTime(today);
  const found: GhostDay[] = [];
  if (node && lastTime !== undefined) found.push({ day: lastTime, kind: 'node', node: { ...node.name } });
  const weekday = nodes.weekdayLike(today);
  const weeks = Array.from({ length: WEEKS }, (_, i) => today - 7 * (i + 1));
  const like = weeks.filter((day) => nodes.weekdayLike(day) === weekday);
  const plain = like.filter((day) => nodes.nodeOf(day) === undefined);
  for (const day of node ? like : [...plain, ...like]) {
    if (!found.some((one) => one.day === day)) found.push({ day, kind: 'weekday', node: null });
  }
  return [...found, { day: today - 1, kind: 'yesterday', node: null }];
}
