/**
 * What people do to stories beyond answering: severity and topic, who answered, evidence, merging, pauses, stations on the
 * way to a person. Stories of older programs were received and known when they opened, as far as anybody can tell.
 * A clock that does not count is in no KPI.
 */
export const sql = `
alter table incidents add column severity text not null default '{"grade":"yellow","score":0,"parts":[],"floor":null,"override":null}';
alter table incidents add column topic text not null default 'other';
alter table incidents add column kind text not null default 'story';
alter table incidents add column product text;
alter table incidents add column responded_by text;
alter table incidents add column evidence text not null default '[]';
alter table incidents add column merged_into text;
alter table incidents add column pause text;
alter table incidents add column pause_until integer;
alter table incidents add column received_at integer not null default 0;
alter table incidents add column classified_at integer not null default 0;
alter table incidents add column routed_at integer;
alter table incidents add column drill integer not null default 0;
alter table clocks add column paused_ms integer not null default 0;
alter table clocks add column counts integer not null default 1;

update incidents set received_at = opened_at, classified_at = opened_at, responded_by = case when response is null then null
  else (select a.actor from audit a where a.incident_id = incidents.id and a.action = 'responded' order by a.seq desc limit 1) end;

drop index incidents_open;
drop index incidents_closed;
create index incidents_open on incidents (due_at, number) where status not in ('resolved', 'false_alarm', 'merged');
create index incidents_closed on incidents (resolved_at, number) where status in ('resolved', 'false_alarm', 'merged');
create index incidents_paused on incidents (pause_until) where pause_until is not null;
create index incidents_merged on incidents (merged_into) where merged_into is not null;
drop index clocks_by_deadline;
create index clocks_by_deadline on clocks (due_at, counts, state, stopped_at);
`;
