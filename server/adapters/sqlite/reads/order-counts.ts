/**
 * Exact counts over orders that no sum of cells can give. Channel, region and campaign
 * come from the covering index alone; category and core need each order's lines.
 */
import type { DimValue } from '../../../domain/dim-value.ts';
import { standing } from '../../../domain/facts.ts';
import type { OrderCountQuery, OrderCounts } from '../../../pipeline/ports/reads.ts';
import { decodeVersions } from '../version-text.ts';
import { OrderTally } from './order-tally.ts';
import type { Reader } from './reader.ts';
import { orderDims, selector } from './group-dims.ts';

const columns: Readonly<Record<string, string>> = { channel: 'channel', region: 'region', campaign: 'campaign_id' };

export function readOrderCounts(reader: Reader, query: OrderCountQuery): OrderCounts[] {
  return onIndex(query) ? byIndex(reader, query) : byLines(reader, query);
}

/** Whether the covering index knows every dimension the question names. */
function onIndex({ by, where }: OrderCountQuery): boolean {
  return [...by, ...where.map((w) => w.dim)].every((dim) => dim in columns);
}

function byIndex(reader: Reader, { from, to, by, where }: OrderCountQuery): OrderCounts[] {
  const groups = by.map((dim) => columns[dim] as string);
  const conditions = where.map(({ dim }) => ` and ${columns[dim]} is ?`).join('');
  const from_ = `from orders where day >= ? and day < ? and live = 1${conditions}`;
  const prefix = groups.map((g) => `${g}, `).join('');
  const args = [from, to, ...where.map((w) => w.value)];
  const groupBy = groups.length ? `group by ${groups.join(', ')}` : '';
  const totals = reader
    .arrays(`select ${prefix}count(*), count(distinct coalesce(buyer_id, customer_id)), count(distinct customer_id) ${from_} ${groupBy}`)
    .all(...args) as unknown as (DimValue | number)[][];
  const repeats = reader
    .arrays(
      `select ${prefix}sum(repeats) from (select ${prefix}min(day) <> max(day) as repeats ${from_} group by ${prefix}customer_id) ${groupBy}`,
    )
    .all(...args) as unknown as (DimValue | number)[][];
  const repeatOf = new Map(repeats.map((row) => [JSON.stringify(row.slice(0, by.length)), Number(row[by.length] ?? 0)]));
  return totals
    .map((row) => {
      const dims = row.slice(0, by.length) as DimValue[];
      const [orders, buyers, customers] = row.slice(by.length) as [number, number, number];
      const repeatCustomers = repeatOf.get(JSON.stringify(dims)) ?? 0;
      return { dims, orders, buyers, customers, repeatCustomers, repeatOrders: orders - customers };
    })
    .filter((row) => row.orders > 0);
}

function byLines(reader: Reader, query: OrderCountQuery): OrderCounts[] {
  const tally = new OrderTally();
  tallyLines(reader, query, tally, noOrders);
  return tally.rows();
}

const noOrders: ReadonlySet<number> = new Set();
type IndexRow = [id: number, day: number, buyerId: string, customerId: string, channel: string, region: string, campaign: string | null];
const indexColumns = 'id, day, coalesce(buyer_id, customer_id), customer_id, channel, region, campaign_id';

/** Counts the live orders of the days one by one, without the ones to skip (by rowid), whose part the caller counts. */
export function tallyOrders(reader: Reader, query: OrderCountQuery, tally: OrderTally, skip: ReadonlySet<number>): void {
  if (!onIndex(query)) {
    tallyLines(reader, query, tally, skip);
    return;
  }
  const select = selector(orderDims, query);
  const rows = reader.arrays(`select ${indexColumns} from orders where day >= ? and day < ? and live = 1`).iterate(query.from, query.to);
  for (const [id, day, buyerId, customerId, ...dims] of rows as unknown as Iterable<IndexRow>) {
    if (!skip.has(id)) tally.add({ day, buyerId, customerId }, [select(dims)]);
  }
}

function tallyLines(reader: Reader, query: OrderCountQuery, tally: OrderTally, skip: ReadonlySet<number>): void {
  const select = selector(orderDims, query);
  const rows = reader
    .arrays(`select ${indexColumns}, versions from orders where day >= ? and day < ? and live = 1`)
    .iterate(query.from, query.to) as unknown as Iterable<[...IndexRow, versions: string]>;
  for (const [id, day, buyerId, customerId, channel, region, campaign, versions] of rows) {
    if (skip.has(id)) continue;
    const paid = standing({ kind: 'order', key: '', source: '', versions: decodeVersions(versions) }, 'sales.order.paid');
    tally.add(
      { day, buyerId, customerId },
      (paid?.data.lines ?? []).map((l) => select([channel, region, campaign, l.category, String(l.core)])),
    );
  }
}
