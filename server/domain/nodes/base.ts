/** Which earlier period a period is compared with when nodes are to meet nodes: `against=node` of `GET /api/kpis/compare` (ND5). */
import type { NodeDay, Nodes } from './nodes.ts';
import { WEEKS_52 } from './nodes.ts';
import { DAY_MS, formatDay } from '../time/calendar.ts';
import { periodOf, type Period } from '../time/period.ts';
import { yearOf } from './workdays.ts';

/**
 * The base of a period, about a year earlier and exactly as long, except for quarters, years and the months of which one is
 * in a leap year. Whoever compares a running period cuts the base at its own start plus the elapsed time.
 *
 * - Day: `likeDayLastYear`: the same day of the node, of 春节 by its distance from New Year's Day; else the nearest like day.
 * - Week: a week that holds days of nodes is placed about the node with the most of its days, so that each of those days
 *   meets its own counterpart; the base then need not begin on a Monday. Any other week meets the nearest week to 52 weeks
 *   before that holds no day of a node.
 * - January and February: 春节 lies in either, so both are placed about New Year's Day: the base is as many days at the
 *   same distance from New Year's Day of the year before. The bases of the two months touch and do not overlap.
 * - Other months, quarters and years: the same one a year earlier. 春节 never leaves the first quarter, and what 清明, 端午 and
 *   中秋 move between months is a few days, which is the price of comparing whole months.
 *
 * The name of a base that is no period of the calendar is `first day/last day`, and no target is set for such a name.
 * undefined beyond the years the almanac knows.
 */
export function nodeBase(nodes: Nodes, period: Period): Period | undefined {
  const { grain, from, to } = period;
  switch (grain) {
    case 'day': {
      const day = nodes.likeDayLastYear(from);
      return day === undefined ? undefined : periodOf('day', day);
    }
    case 'week':
      return weekBase(nodes, period);
    case 'month': {
      if (new Date(from * DAY_MS).getUTCMonth() > 1) return yearBefore(nodes, period);
      const shift = yearsApart(nodes, 'spring_festival', yearOf(from));
      return shift === undefined ? undefined : span(grain, from - shift, to - shift);
    }
    case 'quarter':
    case 'year':
      return yearBefore(nodes, period);
  }
}

function weekBase(nodes: Nodes, { grain, from, to }: Period): Period | undefined {
  const main = mainNode(nodes, from, to);
  if (main) {
    const shift = yearsApart(nodes, main.node, main.year);
    return shift === undefined ? undefined : span(grain, from - shift, to - shift);
  }
  if (nodes.likeDayLastYear(from) === undefined) return undefined;
  const centre = from - WEEKS_52;
  for (let away = 0; away <= 42; away += 7) {
    for (const near of [centre - away, centre + away]) if (!mainNode(nodes, near, near + 7)) return periodOf('week', near);
  }
  return periodOf('week', centre);
}

/** The node with the most days in [from, to); of equal ones the one with the earlier day. */
function mainNode(nodes: Nodes, from: number, to: number): NodeDay | undefined {
  const counts = new Map<string, { readonly first: NodeDay; count: number }>();
  for (let day = from; day < to; day += 1) {
    const found = nodes.nodeOf(day);
    if (!found) continue;
    const counted = counts.get(found.node);
    if (counted) counted.count += 1;
    else counts.set(found.node, { first: found, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.first;
}

/** Days between a node's own day of a year and of the year before. */
function yearsApart(nodes: Nodes, node: NodeDay['node'], year: number): number | undefined {
  const [now, before] = [nodes.ownDay(node, year), nodes.ownDay(node, year - 1)];
  return now === undefined || before === undefined ? undefined : now - before;
}

function yearBefore(nodes: Nodes, { grain, from }: Period): Period | undefined {
  const date = new Date(from * DAY_MS);
  const year = date.getUTCFullYear() - 1;
  return nodes.ownDay('new_year', year) === undefined ? undefined : periodOf(grain, Date.UTC(year, date.getUTCMonth(), 1) / DAY_MS);
}

/** A period of the calendar where the days are one, else the days by themselves. */
function span(grain: Period['grain'], from: number, to: number): Period {
  const named = periodOf(grain, from);
  return named.from === from && named.to === to ? named : { grain, name: `${formatDay(from)}/${formatDay(to - 1)}`, from, to };
}
