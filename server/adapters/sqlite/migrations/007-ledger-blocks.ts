/**
 * Ledger rows lie in blocks, one for each transaction, in parts that bound what is encoded at once; `content` is described
 * in ledger-block.ts. A customer's own ledger rows are kept beside them, because the next event of the customer needs them:
 * almost every customer has one row, which the columns hold. Customers of an older store are counted anew from the facts
 * after the migration, and `customersCountedTo` says how far that has come.
 *
 * A customer's orders are looked for whatever they count for, so the index holds all of them. It begins with a generation
 * of 32,768 orders, as in the first shape: inserts stay within its last two hundred pages.
 */
export const sql = `
create table ledger_blocks (position integer not null, part integer not null, at integer not null, rows integer not null,
  content blob not null, unique (position, part)) strict;
insert into counters (name, value) values ('ledger', 0);

create table customer_rows (customer_id text primary key, at integer, channel text, region text, campaign text, rows text) strict, without rowid;
insert into meta (name, value) select 'customersCountedTo', ''
  where exists (select 1 from orders) or exists (select 1 from lead_statuses);

drop index orders_by_customer;
create index orders_by_customer on orders (id >> 15, customer_id) where customer_id is not null;
`;
