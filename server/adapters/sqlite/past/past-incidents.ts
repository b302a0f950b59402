/**
 * Incidents as they were: the rows of those to which nothing happened afterwards as they are, the others folded from the
 * lines of their trail up to the moment. Deadlines, claims and calls are acts, not figures: what was known then and what is
 * known now are the same.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { IncidentEvent } from '../../../domain/incidents/events.ts';
import { foldTrail, mentionsIn, stepsOfTrail } from '../../../domain/escalation/trail.ts';
import type { Incident } from '../../../domain/incidents/types.ts';
import { escalationStepOf } from '../escalation-row.ts';
import { clockColumns, clockValues, incidentColumns, incidentValues, stepColumns, stepValues } from '../incident-columns.ts';
import { numberIn, textIn } from '../row-values.ts';
import { policiesInForce } from '../settings.ts';
import type { Primitive } from '../steps.ts';
import { emptyCopy } from './past-facts.ts';

/** A sum nobody knows: beyond what is exact, so that readers give none. */
const UNKNOWN_REACH = 1e300;

export function fillIncidents(db: DatabaseSync, at: number): void {
  const belonging = ['clocks', 'incident_platforms', 'escalation_steps'] as const;
  for (const table of ['incidents', ...belonging]) emptyCopy(db, table);
  db.exec(`create temp table changed_later (incident_id text primary key) without rowid;
    create temp table members_then (incident_id text primary key, last integer not null) without rowid`);
  db.prepare('insert into temp.changed_later select distinct incident_id from main.audit where at > ?').run(at);
  db.exec('insert into temp.incidents select * from main.incidents where id not in (select incident_id from temp.changed_later)');
  for (const table of belonging)
    db.exec(`insert into temp.${table} select * from main.${table} where incident_id not in (select incident_id from temp.changed_later)`);
  for (const row of db.prepare('select incident_id from temp.changed_later').all()) putPast(db, textIn(row, 'incident_id'), at);
  db.exec(`create index temp.past_clocks on clocks (incident_id);
    create index temp.past_platforms on incident_platforms (incident_id);
    create index temp.past_steps on escalation_steps (incident_id);
    create temp view incident_mentions as select m.* from main.incident_mentions m
      left join temp.members_then t on t.incident_id = m.incident_id where t.last is null or m.ordinal <= t.last`);
}

function insert(db: DatabaseSync, table: string, columns: readonly string[], values: readonly Primitive[]): void {
  db.prepare(`insert into temp.${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`).run(...values);
}

function putPast(db: DatabaseSync, id: string, at: number): void {
  const events = trailOf(db, id, at);
  const incident = foldTrail(events);
  const mentions = mentionsIn(events);
  const members = incident === undefined ? none : membersOf(db, id, mentions);
  insert(db, 'members_then', ['incident_id', 'last'], [id, members.last]);
  if (incident === undefined) return;
  putIncident(db, incident, { mention_count: mentions, audit_count: events.length, reach: members.reach });
  for (const [platform, count] of members.platforms)
    insert(db, 'incident_platforms', ['incident_id', 'platform', 'mentions'], [id, platform, count]);
  const stored = db.prepare('select * from main.escalation_steps where incident_id = ?').all(id).map(escalationStepOf);
  const { ladder } = policiesInForce((sql) => db.prepare(sql), incident.openedAt);
  for (const step of stepsOfTrail(events, stored, ladder)) insert(db, 'escalation_steps', stepColumns, stepValues(step));
}

function trailOf(db: DatabaseSync, id: string, at: number): readonly IncidentEvent[] {
  const lines = db.prepare(
    `select json_object('at', at, 'actor', actor, 'action', action, 'detail', json(detail)) as line
     from main.audit where incident_id = ? and at <= ? order by seq`,
  );
  return lines.all(id, at).map((row): IncidentEvent => JSON.parse(textIn(row, 'line')));
}

function putIncident(db: DatabaseSync, incident: Incident, figures: Readonly<Record<string, number>>): void {
  const columns = [...incidentColumns, 'id', 'story_key', 'number', ...Object.keys(figures)];
  const values = [...incidentValues(incident), incident.id, incident.storyKey, incident.number, ...Object.values(figures)];
  insert(db, 'incidents', columns, values);
  for (const clock of incident.clocks) {
    const lateness = clock.firedAt === null ? null : Math.max(0, clock.firedAt - clock.dueAt);
    insert(db, 'clocks', [...clockColumns, 'lateness_ms'], [...clockValues(incident.id, clock), lateness]);
  }
}

interface Members {
  /** Ordinal of the last one. */
  readonly last: number;
  readonly reach: number;
  readonly platforms: readonly (readonly [platform: string, mentions: number])[];
}
const none: Members = { last: -1, reach: 0, platforms: [] };

/** Mentions join at the end, so the first ones are those of then; where some have moved to another story since, their reach is unknown. */
function membersOf(db: DatabaseSync, id: string, count: number): Members {
  const first = 'select ordinal, mention_key, reach from main.incident_mentions where incident_id = ?1 order by ordinal limit ?2';
  const sums = db.prepare(`select count(*) as n, coalesce(max(ordinal), -1) as last, total(reach) as reach from (${first})`).get(id, count);
  if (sums === undefined) return none;
  const platforms = db
    .prepare(
      `select f.platform as platform, count(*) as n from (${first}) m cross join main.mentions f on f.key = m.mention_key
       where f.platform is not null group by f.platform`,
    )
    .all(id, count);
  return {
    last: numberIn(sums, 'last'),
    reach: numberIn(sums, 'n') < count ? UNKNOWN_REACH : numberIn(sums, 'reach'),
    platforms: platforms.map((row) => [textIn(row, 'platform'), numberIn(row, 'n')]),
  };
}
