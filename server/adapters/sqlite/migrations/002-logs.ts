/** Positions know which log they belong to; gaps stay open until somebody acknowledges them; a log that is left may hold unread events. */
export const sql = `
alter table offsets add column log_id text;
update offsets set log_id = (select 'store ' || value from meta where name = 'storeId') where topic in (select topic from log_ends);

alter table gaps rename to gaps_001;
create table gaps (topic text not null, "partition" integer not null, expected integer not null, oldest integer not null,
  cause text not null, log_id text not null, at integer not null, acknowledged_by text, acknowledged_at integer,
  primary key (topic, "partition", expected, oldest, log_id)) strict, without rowid;
insert into gaps (topic, "partition", expected, oldest, cause, log_id, at)
  select topic, "partition", expected, oldest, case when oldest < expected then 'new_log' else 'lost' end, '', at from gaps_001;
drop table gaps_001;

create table logs (name text primary key, caught_up integer not null, at integer not null) strict, without rowid;
`;
