/**
 * Exact counts over orders that no sum of cells can give. Channel, region and campaign
 * come from the covering index alone; category and core need each order's lines.
 */
import type { DimValue } from '../../../domain/cells.ts';
import { standing } from '../../../domain/facts.ts';
import type { OrderCountQuery, OrderCounts } from '../../../pipeline/ports.ts';
import { decodeVersions } from '../version-text.ts';
import { OrderTally } from './order-tally.ts';
import type { Reader } from './reader.ts';
import { orderDims, selector } from './group-dims.ts';

const columns: Readonly<Record<string, string>> = { channel: 'channel', region: 'region', campaign: 'campaign_id' };

export function readOrderCounts(reader: Reader, query: OrderCountQuery): OrderCounts[] {
  const named = [...query.by, ...query.where.map((w) => w.dim)];
  return named.every((dim) => dim in columns) ? byIndex(reader, query) : byLines(reader, query);
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
  const select = selector(orderDims, query);
  const tally = new OrderTally();
  const rows = reader
    .arrays(
      `select day, coalesce(buyer_id, customer_id), customer_id, channel, region, campaign_id, versions
       from orders where day >= ? and day < ? and live = 1`,
    )
    .iterate(query.from, query.to) as unknown as Iterable<[number, string, string, string, string, string | null, string]>;
  for (const [day, buyerId, customerId, channel, region, campaign, versions] of rows) {
    const paid = standing({ kind: 'order', key: '', source: '', versions: decodeVersions(versions) }, 'sales.order.paid');
    tally.add(
      { day, buyerId, customerId },
      (paid?.data.lines ?? []).map((l) => select([channel, region, campaign, l.category, String(l.core)])),
    );
  }
  return tally.rows();
}
