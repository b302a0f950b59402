/**
 * The node calendar: which node of the year a business day belongs to, and which day a year earlier it is to be compared
 * with, so that the 3rd day of 618 meets the 3rd day of the last 618, the 5th day of the lunar year the 5th, and a make-up
 * workday a workday (ND1–ND4).
 */
import type { HolidaysPolicy } from '../../../shared/kpi/holidays.ts';
import type { NodeDays } from '../time/calendar.ts';
import type { Almanac } from './almanac.ts';
import { nodes, type Node, type NodeId } from './list.ts';
import { createWorkdays, yearOf, type Workdays } from './workdays.ts';

/** A day's place in a node. */
export interface NodeDay {
  readonly node: NodeId;
  readonly name: Node['name'];
  /** The node's own day of that time. */
  readonly own: number;
  /** Days from the node's own day; below 0 in the run-up. */
  readonly offset: number;
  /** The year the node's own day lies in. */
  readonly year: number;
}

export interface Nodes extends Workdays {
  /** undefined for a day of no node. */
  nodeOf(day: number): NodeDay | undefined;
  /** The node's own day in a year; undefined beyond the years the almanac knows. */
  ownDay(node: NodeId, year: number): number | undefined;
  /** The same day of the node a year earlier; undefined for a day of no node. */
  sameDayOfNodeLastTime(day: number): number | undefined;
  /**
   * The day about a year earlier that a day is to be compared with: the same day of its node; else, of the days of no
   * node that have the habits of the same weekday, the nearest to 52 weeks before. undefined beyond the years the almanac knows.
   */
  likeDayLastYear(day: number): number | undefined;
}

/** Makes the node calendar of a policy; one policy's calendar is made once. */
export type NodesOf = (policy: HolidaysPolicy) => Nodes;

export const WEEKS_52 = 364;
/** The longest node lasts 36 days, so a day of none is found within these. */
const NEAR_MOST = 45;

export function createNodesOf(almanac: Almanac): NodesOf {
  let kept: { readonly key: string; readonly nodes: Nodes } | undefined;
  return (policy) => {
    const key = JSON.stringify(policy);
    if (kept?.key !== key) kept = { key, nodes: createNodes(almanac, policy) };
    return kept.nodes;
  };
}

export function createNodes(almanac: Almanac, policy: HolidaysPolicy): Nodes {
  const workdays = createWorkdays(almanac, policy);
  const byYear = new Map<number, ReadonlyMap<number, NodeDay>>();
  const knows = (year: number): boolean => year >= almanac.firstYear && year <= almanac.lastYear;

  /** Days of the nodes whose own day lies in a year. */
  function placed(year: number): readonly NodeDay[] {
    if (!knows(year)) return [];
    return nodes.flatMap(({ id, name, before, after, day }) => {
      const own = day(year, almanac);
      return Array.from({ length: before + after + 1 }, (_, i) => ({ node: id, name, own, offset: i - before, year }));
    });
  }

  function daysOf(year: number): ReadonlyMap<number, NodeDay> {
    let found = byYear.get(year);
    if (!found) {
      const days = new Map<number, NodeDay>();
      const claims = [year - 1, year, year + 1].flatMap(placed).sort((a, b) => rank(a.node) - rank(b.node));
      for (const claim of claims) if (!days.has(claim.own + claim.offset)) days.set(claim.own + claim.offset, claim);
      byYear.set(year, (found = days));
    }
    return found;
  }

  const nodeOf = (day: number): NodeDay | undefined => daysOf(yearOf(day)).get(day);

  function ownDay(id: NodeId, year: number): number | undefined {
    return knows(year) ? nodes.find((node) => node.id === id)?.day(year, almanac) : undefined;
  }

  function sameDayOfNodeLastTime(day: number): number | undefined {
    const found = nodeOf(day);
    if (!found) return undefined;
    const own = ownDay(found.node, found.year - 1);
    return own === undefined ? undefined : own + found.offset;
  }

  return {
    ...workdays,
    nodeOf,
    ownDay,
    sameDayOfNodeLastTime,
    likeDayLastYear(day) {
      if (!knows(yearOf(day) - 1)) return undefined;
      if (nodeOf(day)) return sameDayOfNodeLastTime(day);
      const weekday = workdays.weekdayLike(day);
      const centre = day - WEEKS_52;
      for (let away = 0; away <= NEAR_MOST; away += 1) {
        for (const near of [centre - away, centre + away]) {
          if (nodeOf(near) === undefined && workdays.weekdayLike(near) === weekday) return near;
        }
      }
      return centre;
    },
  };
}

/** How often a node is looked for before. */
const TIMES = 2;

/** Days of nodes as a calendar knows them: which days they are depends on no arrangement of holidays. */
export function nodeDaysOf(known: Pick<Nodes, 'nodeOf' | 'ownDay'>): NodeDays {
  return {
    holds: (day) => known.nodeOf(day) !== undefined,
    before(day) {
      const placed = known.nodeOf(day);
      if (!placed) return [];
      return Array.from({ length: TIMES }, (_, i) => known.ownDay(placed.node, placed.year - 1 - i)).flatMap((own) =>
        own === undefined ? [] : [own + placed.offset],
      );
    },
  };
}

const order = new Map<string, number>(nodes.map(({ id }, i) => [id, i]));
const rank = (id: NodeId): number => order.get(id) ?? 0;
