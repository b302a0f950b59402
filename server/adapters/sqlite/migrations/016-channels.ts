export const sql = `
create table channels (
  id text primary key,
  place integer not null,
  kind text not null,
  enabled integer not null,
  sealed text not null,
  set_at integer not null
) strict, without rowid;
create table push_subscriptions (
  id text primary key,
  person text not null,
  sealed text not null,
  set_at integer not null
) strict, without rowid;
create index push_subscriptions_of on push_subscriptions (person);
create table sealed_values (name text primary key, sealed text not null) strict, without rowid;
create table ack_uses (
  link text primary key,
  incident_id text not null,
  person text not null,
  at integer not null
) strict, without rowid;
`;
