/**
 * Figures of a story kept beside it, so that nobody has to read its mentions to know them [T9]: how many mentions and
 * audit lines there are, their reach and platforms, and the instant an open story is ordered by. `reach` is real: a sum
 * beyond 2^53 is rounded and never an error. A mention's reach is found in the stored text of its standing version: a
 * line that begins with `sentiment.mention`, and its JSON to the end of the line.
 */
export const sql = `
alter table incidents add column due_at integer not null default 0;
alter table incidents add column mention_count integer not null default 0;
alter table incidents add column audit_count integer not null default 0;
alter table incidents add column reach real not null default 0;
alter table incident_mentions add column published_at integer not null default 0;
alter table incident_mentions add column reach integer not null default 0;
create table incident_platforms (incident_id text not null references incidents (id), platform text not null, mentions integer not null,
  primary key (incident_id, platform)) strict, without rowid;

with texts as (
  select key, at, case when versions like 'sentiment.mention %' then versions
    else substr(versions, instr(versions, char(10) || 'sentiment.mention ') + 1) end as text
  from mentions where at is not null and key in (select mention_key from incident_mentions)
), bodies as (
  select key, at, substr(text, instr(text, '{'), instr(text || char(10), char(10)) - instr(text, '{')) as body from texts
)
update incident_mentions set published_at = b.at, reach = coalesce(cast(b.body ->> '$.reach' as integer), 0)
from bodies b where b.key = incident_mentions.mention_key;

update incidents set mention_count = (select count(*) from incident_mentions m where m.incident_id = incidents.id),
  audit_count = (select count(*) from audit a where a.incident_id = incidents.id),
  reach = (select total(m.reach) from incident_mentions m where m.incident_id = incidents.id),
  due_at = coalesce((select c.due_at from clocks c where c.incident_id = incidents.id
    and c.name = case when incidents.status = 'responded' then 'disposal' else 'response' end
    order by c.generation desc limit 1), 9007199254740991);
insert into incident_platforms (incident_id, platform, mentions)
  select i.incident_id, m.platform, count(*) from incident_mentions i join mentions m on m.key = i.mention_key
  where m.platform is not null group by i.incident_id, m.platform;

drop index incidents_by_status;
create index incidents_open on incidents (due_at, number) where status not in ('resolved', 'false_alarm');
create index incidents_closed on incidents (resolved_at, number) where status in ('resolved', 'false_alarm');
create index incident_mentions_newest on incident_mentions (incident_id, published_at, ordinal);
create index incident_mentions_by_reach on incident_mentions (incident_id, reach, ordinal);
create index incident_platforms_by_mentions on incident_platforms (incident_id, mentions, platform);
create index audit_of_people on audit (incident_id, seq) where actor <> 'system';
drop index mentions_pending;
create index mentions_pending on mentions (at, brand, key) where history = 1 and deleted = 0 and polarity = 'negative';
`;
