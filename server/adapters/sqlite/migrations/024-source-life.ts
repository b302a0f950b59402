/**
 * The life of what feeds a stream, apart from its events: `alive_at` is the store's clock at the last sign of life beside
 * events, `received_at` that at the last event that told of the present, which imported history does not. Heartbeats are
 * facts that are dropped after some days.
 */
export const sql = `
create table streams_now (stream text primary key, received_at integer, occurred_at integer, alive_at integer) strict, without rowid;
insert into streams_now (stream, received_at, occurred_at) select stream, received_at, occurred_at from streams;
drop table streams;
alter table streams_now rename to streams;
create table heartbeats (id integer primary key, key text not null unique, versions text not null, at integer not null,
  stream text not null) strict;
create index heartbeats_by_time on heartbeats (at);
`;
