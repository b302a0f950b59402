/** Cells and order counts at another moment, recounted from the facts that can matter to the asked buckets. */
import type { FactKind } from '../../../../shared/events/define.ts';
import { cellFamilies, type CellFamily } from '../../../domain/cells.ts';
import type { DimValue } from '../../../domain/dim-value.ts';
import { standing } from '../../../domain/facts.ts';
import { cellsFromFacts, orderAt, type RecountCut, type RecountGroup } from '../../../domain/fold/recount.ts';
import type { CellQuery, CellRow, AsOf, OrderCountQuery, OrderCounts } from '../../../pipeline/ports/reads.ts';
import { policiesInForce } from '../settings.ts';
import { readCells } from './cells.ts';
import { customerGroups } from './cut-customers.ts';
import { chunks, keysWithHistory, withHistory } from './cut-facts.ts';
import { changedOrders, orderMembers, paidIn, refundedIn, type Days } from './cut-orders.ts';
import { ordersAfter, type LaterOrder } from './cut-recent.ts';
import { memoised, orderDims, selector, Sums } from './group-dims.ts';
import { tallyOrders } from './order-counts.ts';
import { OrderTally } from './order-tally.ts';
import type { Reader } from './reader.ts';

export function readCellsAt(reader: Reader, query: CellQuery, cut: AsOf, now: number): CellRow[] {
  const family = cellFamilies[query.family];
  const { threshold } = policiesInForce(reader.rows, now).polarity;
  const select = selector(family.dims, query);
  const groupOf = memoised((dims) => select(JSON.parse(dims) as DimValue[]));
  const sums = new Sums();
  const add = (groups: Iterable<RecountGroup>, at: RecountCut, sign: 1 | -1): void => {
    for (const { bucket, dims, measures } of cellsFromFacts(groups, query.family, { cut: at, calendar: reader.calendar, threshold })) {
      const group = bucket >= query.from && bucket < query.to ? groupOf(dims) : undefined;
      if (group) sums.add(query.perBucket ? bucket : null, group, sign === 1 ? measures : measures.map((m) => -m));
    }
  };
  const later = salesFamilies.has(query.family) ? laterOrders(reader, cut) : undefined;
  if (later) {
    for (const { bucket, dims, measures } of readCells(reader, query)) sums.add(bucket, dims, measures);
    const groups = [...orderMembers(reader, later.map(rowOf), cut)];
    add(groups, {}, -1);
    add(groups, cut, 1);
  } else {
    const hours = family.bucket === 'hour' ? 24 : 1;
    const days = { from: Math.floor(query.from / hours), to: Math.ceil(query.to / hours) };
    add(groupsFor(reader, query.family, days, cut), cut, 1);
  }
  return sums.rows();
}

export function readOrderCountsAt(reader: Reader, query: OrderCountQuery, cut: AsOf): OrderCounts[] {
  const select = selector(orderDims, query);
  const tally = new OrderTally();
  const later = laterOrders(reader, cut);
  if (later) tallyOrders(reader, query, tally, new Set(later.flatMap((o) => o.id ?? [])));
  const groups = later ? orderMembers(reader, later.map(rowOf), cut) : salesGroups(reader, query, cut, false);
  for (const members of groups) {
    const at = orderAt(members, cut, reader.calendar);
    const columns = at?.columns;
    const paid = at?.group.order && standing(at.group.order, 'sales.order.paid');
    if (!columns?.live || !paid || columns.day === null || columns.day < query.from || columns.day >= query.to) continue;
    const order = { day: columns.day, buyerId: columns.buyerId as string, customerId: columns.customerId as string };
    tally.add(
      order,
      paid.data.lines.map((l) => select([columns.channel, columns.region, columns.campaignId, l.category, String(l.core)])),
    );
  }
  return tally.rows();
}

const salesFamilies: ReadonlySet<CellFamily> = new Set(['sales', 'orders', 'salesHour']);

/** The few orders a cut of event time changes; undefined when they are many or the cut is one of knowledge. */
function laterOrders(reader: Reader, cut: AsOf): LaterOrder[] | undefined {
  return cut.knownAt === undefined && cut.asOf !== undefined ? ordersAfter(reader, cut.asOf) : undefined;
}
const rowOf = ({ key, versions }: LaterOrder) => [key, versions] as const;

function groupsFor(reader: Reader, family: CellFamily, days: Days, cut: AsOf): Iterable<RecountGroup> {
  switch (family) {
    case 'sales':
    case 'orders':
    case 'salesHour':
      return salesGroups(reader, days, cut, true);
    case 'newCustomers':
      return customerGroups(reader, days, cut, reader.calendar);
    case 'mentions':
    case 'keywords':
      return singles(reader, 'mention', 'mentions', days, cut, (mention) => ({ mention }));
    case 'spend':
      return singles(reader, 'spend', 'spend', days, cut, (spend) => ({ spend }));
  }
}

/** Orders paid in the days, those refunded in them if asked, and with `knownAt` whatever was different once. */
function* salesGroups(reader: Reader, days: Days, cut: AsOf, refunds: boolean) {
  const { calendar } = reader;
  const { from, to } = days;
  yield* orderMembers(reader, paidIn(reader, days), cut);
  const given = new Set<string>();
  if (refunds) {
    yield* orderMembers(reader, noted(refundedIn(reader, days, calendar), given), cut);
  }
  if (cut.knownAt !== undefined) {
    const known = ({ key, day }: { key: string; day: number | null }) => given.has(key) || (day !== null && day >= from && day < to);
    yield* orderMembers(reader, changedOrders(reader, known), cut);
  }
}

function* noted<R extends readonly [string, unknown]>(rows: Iterable<R>, keys: Set<string>): Generator<R> {
  for (const row of rows) {
    keys.add(row[0]);
    yield row;
  }
}

/** Facts that are joined to nothing, by their event time. */
function* singles(
  reader: Reader,
  kind: FactKind,
  table: string,
  days: Days,
  cut: AsOf,
  group: (fact: ReturnType<typeof withHistory>[number]) => RecountGroup,
): Generator<RecountGroup> {
  const history = cut.knownAt !== undefined;
  const [from, to] = [reader.calendar.startOfDay(days.from), reader.calendar.startOfDay(days.to)];
  const rows = reader.arrays(`select key, versions from ${table} where at >= ? and at < ?`).iterate(from, to) as unknown as Iterable<
    [string, string]
  >;
  for (const chunk of chunks(rows)) for (const fact of withHistory(reader, kind, chunk, history)) yield group(fact);
  if (!history) return;
  for (const chunk of chunks(keysWithHistory(reader, kind))) {
    const others = reader
      .arrays(
        `select f.key, f.versions from json_each(?) j cross join ${table} f on f.key = j.value where f.at is null or f.at < ? or f.at >= ?`,
      )
      .all(JSON.stringify(chunk), from, to) as unknown as [string, string][];
    for (const fact of withHistory(reader, kind, others, true)) yield group(fact);
  }
}
