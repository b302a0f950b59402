/** First events of customers (R6): the stored ones, and the same told anew from the facts. */
import type { CustomerFirst, StoreTx } from '../../../pipeline/ports.ts';
import { decodeVersions } from '../version-text.ts';
import type { TxContext } from './context.ts';
import { lookUp, preparer } from './context.ts';

type Customers = Pick<StoreTx, 'customers' | 'firstEvents' | 'putCustomers'>;
type FirstRow = [string, number, number, string | null, string | null];
interface Candidate extends CustomerFirst {
  readonly key: string;
}

const PACE_EVERY = 128;
/** Customers searched by one statement: with ten million orders each costs half a millisecond. */
const SEARCH_CHUNK = 16;

/** The earliest live orders of each customer in each generation of orders (see `orders_by_customer`). */
const earliestOrders = `with recursive generations (n) as (
    select 0 union all select n + 1 from generations where n < (select max(id) >> 15 from orders)
  )
  select o.customer_id, o.paid_at, o.day, o.channel, o.region, o.key
  from json_each(?) j cross join generations g cross join orders o
  on o.id >> 15 = g.n and o.customer_id = j.value and o.live = 1
  and o.paid_at = (select min(p.paid_at) from orders p where p.id >> 15 = g.n and p.customer_id = j.value and p.live = 1)`;
const earliestSignings = `select s.customer_id, s.at, s.day, s.lead_id, null, s.key
  from json_each(?) j cross join lead_statuses s on s.customer_id = j.value
  and s.at = (select min(t.at) from lead_statuses t where t.customer_id = j.value)`;

export function customersPart(context: TxContext): Customers {
  const rows = preparer(context.db, { arrays: true });
  const run = preparer(context.db);

  /** Channel and region of a lead over its sources: highest version, ties to the smaller source. */
  function leadDims(leadId: string): { channel: string | null; region: string | null } {
    const found = rows('select key, channel, region, versions from leads where lead_id = ?').all(leadId) as unknown as [
      string,
      string,
      string | null,
      string,
    ][];
    const ranked = found
      .map(([key, channel, region, versions]) => ({ key, channel, region, version: decodeVersions(versions)[0]?.version ?? 0 }))
      .sort((a, b) => b.version - a.version || (a.key < b.key ? -1 : 1));
    return ranked[0] ?? { channel: null, region: null };
  }

  async function firstEvents(ids: readonly string[]): Promise<Map<string, CustomerFirst>> {
    const best = new Map<string, Candidate>();
    const offer = (c: Candidate): void => {
      const known = best.get(c.customerId);
      if (!known || c.at < known.at || (c.at === known.at && c.key < known.key)) best.set(c.customerId, c);
    };
    const wanted = [...new Set(ids)];
    type Found = [...FirstRow, string];
    const offerOrder = ([customerId, at, day, channel, region, key]: Found): void => offer({ customerId, at, day, channel, region, key });
    await lookUp<Found>(context, rows(earliestOrders), wanted, offerOrder, SEARCH_CHUNK);
    await lookUp<Found>(context, rows(earliestSignings), wanted, ([customerId, at, day, leadId, , key]) => {
      if (leadId !== null) offer({ customerId, at, day, ...leadDims(leadId), key });
    });
    const firsts = new Map<string, CustomerFirst>();
    for (const { customerId, at, day, channel, region } of best.values()) firsts.set(customerId, { customerId, at, day, channel, region });
    return firsts;
  }

  return {
    async customers(ids) {
      const found = new Map<string, CustomerFirst>();
      const statement = rows(
        `select c.customer_id, c.at, c.day, c.channel, c.region from json_each(?) j cross join customers c on c.customer_id = j.value`,
      );
      await lookUp<FirstRow>(context, statement, [...new Set(ids)], ([customerId, at, day, channel, region]) =>
        found.set(customerId, { customerId, at, day, channel, region }),
      );
      return found;
    },
    firstEvents,
    async putCustomers(changes) {
      let sincePace = 0;
      for (const { customerId, first } of changes) {
        if (first) {
          run(
            `insert into customers (customer_id, at, day, channel, region) values (?, ?, ?, ?, ?)
             on conflict (customer_id) do update set at = excluded.at, day = excluded.day, channel = excluded.channel, region = excluded.region`,
          ).run(customerId, first.at, first.day, first.channel, first.region);
        } else run('delete from customers where customer_id = ?').run(customerId);
        if (++sincePace === PACE_EVERY) {
          sincePace = 0;
          const wait = context.pacer.pace();
          if (wait) await wait;
        }
      }
    },
  };
}
