/**
 * The stand-up. A promise is found by any date it ever had: `first_due` and `last_due` span them. A line of the audit keeps
 * the promise or item as it was after it.
 */
export const sql = `
create table standup_promises (
  id text primary key,
  who text not null,
  state text not null,
  first_due integer not null,
  last_due integer not null,
  document text not null
) strict;
create index standup_promises_open on standup_promises (last_due) where state = 'open';
create index standup_promises_due on standup_promises (last_due, first_due);
create table standup_items (
  id text primary key,
  department text not null,
  state text not null,
  since integer not null,
  closed_at integer,
  document text not null
) strict;
create index standup_items_open on standup_items (since) where state = 'open';
create index standup_items_closed on standup_items (closed_at) where state = 'closed';
create table standup_audit (
  seq integer primary key,
  subject text not null,
  id text not null,
  at integer not null,
  actor text not null,
  action text not null,
  detail text not null,
  document text not null
) strict;
create index standup_audit_of on standup_audit (id, seq);
create index standup_audit_at on standup_audit (at);
insert into counters (name, value) values ('standup', 0);
`;
