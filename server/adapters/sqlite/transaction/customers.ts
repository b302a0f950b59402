/** First events of customers (R6): the stored ones, and the same told anew from the facts. */
import type { CustomerFirst, StoreTx } from '../../../pipeline/ports/transaction.ts';
import { decodeVersions } from '../version-text.ts';
import type { TxContext } from './context.ts';
import { lookUp, paced } from './context.ts';

type Customers = Pick<StoreTx, 'customers' | 'firstEvents' | 'putCustomers'>;
type FirstRow = [string, number, number, string | null, string | null];
type Found = [...FirstRow, string];
interface Candidate extends CustomerFirst {
  readonly key: string;
}

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
const storedFirsts = `select c.customer_id, c.at, c.day, c.channel, c.region
  from json_each(?) j cross join customers c on c.customer_id = j.value`;
const put = `insert into customers (customer_id, at, day, channel, region) values (?, ?, ?, ?, ?)
  on conflict (customer_id) do update set at = excluded.at, day = excluded.day, channel = excluded.channel, region = excluded.region`;

interface Dims {
  readonly channel: string | null;
  readonly region: string | null;
}
const unknownLead: Dims = { channel: null, region: null };

export function customersPart(context: TxContext): Customers {
  const { transaction } = context;

  /** Channel and region of leads over their sources: highest version, ties to the smaller source. */
  async function leadDims(leadIds: readonly string[]): Promise<Map<string, Dims>> {
    type Lead = [string, string, string, string | null, string];
    const best = new Map<string, Dims & { readonly key: string; readonly version: number }>();
    const sql = `select l.lead_id, l.key, l.channel, l.region, l.versions from json_each(?) j cross join leads l on l.lead_id = j.value`;
    await lookUp<Lead>(context, sql, leadIds, ([leadId, key, channel, region, versions]) => {
      const version = decodeVersions(versions)[0]?.version ?? 0;
      const known = best.get(leadId);
      if (!known || version > known.version || (version === known.version && key < known.key))
        best.set(leadId, { channel, region, key, version });
    });
    return best;
  }

  async function firstEvents(ids: readonly string[]): Promise<Map<string, CustomerFirst>> {
    const best = new Map<string, Candidate>();
    const offer = (c: Candidate): void => {
      const known = best.get(c.customerId);
      if (!known || c.at < known.at || (c.at === known.at && c.key < known.key)) best.set(c.customerId, c);
    };
    const wanted = [...new Set(ids)];
    await lookUp<Found>(context, earliestOrders, wanted, ([customerId, at, day, channel, region, key]) =>
      offer({ customerId, at, day, channel, region, key }),
    );
    const signings: { customerId: string; at: number; day: number; leadId: string; key: string }[] = [];
    await lookUp<Found>(context, earliestSignings, wanted, ([customerId, at, day, leadId, , key]) => {
      if (leadId !== null) signings.push({ customerId, at, day, leadId, key });
    });
    const leads = await leadDims([...new Set(signings.map((s) => s.leadId))]);
    for (const { leadId, ...signing } of signings) {
      const { channel, region } = leads.get(leadId) ?? unknownLead;
      offer({ ...signing, channel, region });
    }
    const firsts = new Map<string, CustomerFirst>();
    for (const { customerId, at, day, channel, region } of best.values()) firsts.set(customerId, { customerId, at, day, channel, region });
    return firsts;
  }

  return {
    async customers(ids) {
      const found = new Map<string, CustomerFirst>();
      await lookUp<FirstRow>(context, storedFirsts, ids, ([customerId, at, day, channel, region]) =>
        found.set(customerId, { customerId, at, day, channel, region }),
      );
      return found;
    },
    firstEvents,
    putCustomers: (changes) =>
      paced(context, changes, ({ customerId, first }) => {
        if (first) transaction.run(put, [customerId, first.at, first.day, first.channel, first.region]);
        else transaction.run('delete from customers where customer_id = ?', [customerId]);
      }),
  };
}
