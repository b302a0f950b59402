/** Every order and signing that names a customer, with what they are joined to: what the customer's rows are made from (R6). */
import type { Fact } from '../../../domain/facts.ts';
import { standing } from '../../../domain/facts.ts';
import { askedLead } from '../../../domain/fold/lead-join.ts';
import type { CustomerEvents } from '../../../domain/ledger/customer-events.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { TxContext } from './context.ts';
import { groupedFacts } from './grouped-facts.ts';

/** Bounds how long the event loop waits while their events are put together. */
const CUSTOMERS_AT_ONCE = 250;
/** In each generation of orders (see the index `orders_by_customer`). */
const ordersNaming = `with recursive generations (n) as (
    select 0 union all select n + 1 from generations where n < (select max(id) >> 15 from orders)
  )
  select o.customer_id, o.key, o.versions
  from json_each(?) j cross join generations g cross join orders o on o.id >> 15 = g.n and o.customer_id = j.value`;
const signingsNaming = `select s.customer_id, s.key, s.versions
  from json_each(?) j cross join lead_statuses s on s.customer_id = j.value and s.type = 'lead.signed'`;

export function customerEventsPart(
  context: TxContext,
  facts: Pick<StoreTx, 'refundsOfOrders' | 'leadsById'>,
): Pick<StoreTx, 'eventsOfCustomers'> {
  async function ofSome(wanted: readonly string[], found: Map<string, CustomerEvents>): Promise<void> {
    const [orders, signings] = await Promise.all([
      groupedFacts(context, 'order', ordersNaming, wanted),
      groupedFacts(context, 'leadStatus', signingsNaming, wanted),
    ]);
    const everyOrder = [...orders.values()].flat();
    const everySigning = [...signings.values()].flat();
    const leadIds = new Set([...everyOrder.map(askedLead), ...everySigning.map(signedLead)].filter((id) => id !== null));
    const [refunds, leads] = await Promise.all([facts.refundsOfOrders(everyOrder.map(({ key }) => key)), facts.leadsById([...leadIds])]);
    const leadsOf = (id: string | null): readonly Fact[] => (id === null ? none : (leads.get(id) ?? none));
    for (const customerId of wanted) {
      const [own, signed] = [orders.get(customerId) ?? none, signings.get(customerId) ?? none];
      if (own.length + signed.length === 0) continue;
      found.set(customerId, {
        customerId,
        orders: own.map((order) => ({ order, refunds: refunds.get(order.key) ?? none, leads: leadsOf(askedLead(order)) })),
        signings: signed.map((signing) => ({ signing, leads: leadsOf(signedLead(signing)) })),
      });
    }
  }

  return {
    async eventsOfCustomers(ids) {
      const wanted = [...new Set(ids)];
      const found = new Map<string, CustomerEvents>();
      for (let from = 0; from < wanted.length; from += CUSTOMERS_AT_ONCE) await ofSome(wanted.slice(from, from + CUSTOMERS_AT_ONCE), found);
      return found;
    },
  };
}

const none: readonly Fact[] = [];
const signedLead = (fact: Fact): string | null => standing(fact, 'lead.signed')?.data.leadId ?? null;
