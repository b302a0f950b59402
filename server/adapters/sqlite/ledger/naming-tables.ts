/**
 * Tables of a snapshot's own that say which facts name an order, a customer or a contact in any version. A version's text is its head
 * and one JSON body (version-text.ts); an order's key is the source of the refund, a space, and the order's id.
 */
import type { DatabaseSync } from 'node:sqlite';

const body = `substr(h.text, instr(h.text, '{'))`;
const source = `substr(h.key, 1, instr(h.key, ' '))`;

export function makeNamingTables(db: DatabaseSync): void {
  db.exec(`
    create temp table moved_refunds (order_key text not null, key text not null, primary key (order_key, key)) without rowid;
    insert into moved_refunds (order_key, key)
      select distinct ${source} || (${body} ->> '$.orderId'), h.key from fact_history h where h.kind = 'refund' order by 1, 2;

    create temp table orphans (order_key text primary key) without rowid;
    insert into orphans (order_key)
      select order_key from refunds r where not exists (select 1 from orders o where o.key = r.order_key)
      union select order_key from moved_refunds r where not exists (select 1 from orders o where o.key = r.order_key);

    create temp table naming (customer_id text not null, kind integer not null, id integer not null, primary key (customer_id, kind, id)) without rowid;
    insert into naming (customer_id, kind, id)
      select customer_id, 0, id from orders where customer_id is not null
      union select coalesce(${body} ->> '$.customerId', ${body} ->> '$.buyerId'), 0, o.id from fact_history h cross join orders o on o.key = h.key
        where h.kind = 'order' and h.text like 'sales.order.paid %'
      union select customer_id, 1, id from lead_statuses where type = 'lead.signed' and customer_id is not null
      union select ${body} ->> '$.customerId', 1, s.id from fact_history h cross join lead_statuses s on s.key = h.key
        where h.kind = 'leadStatus' and h.text like 'lead.signed %'
      order by 1, 2, 3;

    create temp table contacts (contact text not null, lead_id text not null, primary key (contact, lead_id)) without rowid;
    insert into contacts (contact, lead_id)
      select coalesce(contact_hash, ''), lead_id from leads
      union select coalesce(${body} ->> '$.contactHash', ''), ${body} ->> '$.leadId' from fact_history h where h.kind = 'lead'
      order by 1, 2;`);
}
