/**
 * Sums and counts over facts are the ledger's. What only they needed goes: the cells, indexes of facts by time and day, and
 * the instant of a cancellation beside its order.
 */
export const sql = `
drop table cells;
drop index orders_by_day;
drop index orders_by_cancellation;
alter table orders drop column cancelled_at;
drop index refunds_by_time;
drop index leads_by_time;
drop index lead_statuses_by_time;
drop index spend_by_time;
`;
