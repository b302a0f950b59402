/** Incidents with their clocks, audit and messages. Every guard is a condition of the write itself. */
import type { ClockName, ClockState } from '../../../../shared/incidents/types.ts';
import { owedClock } from '../../../domain/incidents/owed-clock.ts';
import type { Clock, Incident, IncidentChange, MemberChange } from '../../../domain/incidents/types.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { Primitive, Row } from '../steps.ts';
import type { TxContext } from './context.ts';
import { incidentFields } from '../incident-row.ts';
import { numberIn, numberOrNullIn, textIn } from '../row-values.ts';

type Incidents = Pick<
  StoreTx,
  | 'incidentsByStory'
  | 'incident'
  | 'incidentsOfMentions'
  | 'takeIncidentNumbers'
  | 'putIncidents'
  | 'putMembers'
  | 'dueClocks'
  | 'fireClock'
  | 'commandAnswer'
  | 'putCommandAnswer'
>;

const insertIncident = `insert into incidents
  (version, status, title, brand, story_id, opened_at, published_at, detected_at, owner, response, resolved_at, due_at, audit_count, id,
    story_key, number)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`;
const updateIncident = `update incidents set version = ?, status = ?, title = ?, brand = ?, story_id = ?, opened_at = ?, published_at = ?,
  detected_at = ?, owner = ?, response = ?, resolved_at = ?, due_at = ?, audit_count = audit_count + ? where id = ? and version = ?`;
const putClock = `insert into clocks (incident_id, name, generation, started_at, due_at, state, fired_at, stopped_at) values (?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (incident_id, name, generation) do update set started_at = excluded.started_at, due_at = excluded.due_at,
    state = excluded.state, fired_at = excluded.fired_at, stopped_at = excluded.stopped_at,
    lateness_ms = max(0, excluded.fired_at - excluded.due_at)`;

const insertMember = `insert into incident_mentions (incident_id, ordinal, mention_key, published_at, reach)
  values (?1, (select coalesce(max(ordinal) + 1, 0) from incident_mentions where incident_id = ?1), ?2, ?3, ?4)`;
const updateMember = 'update incident_mentions set published_at = ?, reach = ? where mention_key = ? and incident_id = ?';
/** A sum beyond 2^53 is no longer exact; should corrections bring it back below, it is counted anew. */
const addFigures = `update incidents set mention_count = mention_count + ?2, reach = case
    when reach < ${Number.MAX_SAFE_INTEGER} and reach + ?3 < ${Number.MAX_SAFE_INTEGER} then reach + ?3
    else (select total(m.reach) from incident_mentions m where m.incident_id = incidents.id) end
  where id = ?1`;
const addToPlatform = `insert into incident_platforms (incident_id, platform, mentions) values (?, ?, ?)
  on conflict (incident_id, platform) do update set mentions = mentions + excluded.mentions`;

/** Behind every deadline: for an open story without a clock. */
const NO_DEADLINE = Number.MAX_SAFE_INTEGER;

/** The id is the fourteenth value of both statements. */
const alreadyStored = (values: readonly Primitive[]): Error => new Error(`incident ${values[13]} is stored already, or its story is`);
const otherVersion = (values: readonly Primitive[]): Error => new Error(`incident ${values[13]} is not stored at version ${values[14]}`);

const clockOf = (row: Row): Clock => ({
  name: row['name'] as ClockName,
  generation: numberIn(row, 'generation'),
  startedAt: numberIn(row, 'started_at'),
  dueAt: numberIn(row, 'due_at'),
  state: row['state'] as ClockState,
  firedAt: numberOrNullIn(row, 'fired_at'),
  stoppedAt: numberOrNullIn(row, 'stopped_at'),
});

const incidentOf = (row: Row, clocks: readonly Clock[]): Incident => ({
  ...incidentFields(row),
  storyKey: textIn(row, 'story_key'),
  number: numberIn(row, 'number'),
  resolvedAt: numberOrNullIn(row, 'resolved_at'),
  clocks,
});

export function incidentsPart({ transaction }: TxContext): Incidents {
  /** The incidents of these rows by id, with what belongs to them. */
  async function whole(rows: readonly Row[]): Promise<Map<string, Incident>> {
    if (rows.length === 0) return new Map();
    const ids = JSON.stringify(rows.map((row) => row['id']));
    const clocks = await transaction.objects(
      'select c.* from json_each(?) j cross join clocks c on c.incident_id = j.value order by c.generation, c.started_at, c.name desc',
      [ids],
    );
    const parts = new Map(rows.map((row) => [textIn(row, 'id'), { row, clocks: [] as Clock[] }]));
    for (const clock of clocks) parts.get(textIn(clock, 'incident_id'))?.clocks.push(clockOf(clock));
    return new Map([...parts].map(([id, part]) => [id, incidentOf(part.row, part.clocks)]));
  }

  async function byId(ids: readonly string[]): Promise<Map<string, Incident>> {
    return whole(
      await transaction.objects('select i.* from json_each(?) j cross join incidents i on i.id = j.value', [JSON.stringify(ids)]),
    );
  }

  function putRow({ incident, previousVersion, events }: IncidentChange): void {
    const columns = [
      incident.version,
      incident.status,
      incident.title,
      incident.brand,
      incident.storyId,
      incident.openedAt,
      incident.publishedAt,
      incident.detectedAt,
      incident.owner,
      incident.response,
      incident.resolvedAt,
      owedClock(incident)?.dueAt ?? NO_DEADLINE,
      events.length,
      incident.id,
    ];
    if (previousVersion === 0) transaction.run(insertIncident, [...columns, incident.storyKey, incident.number], alreadyStored);
    else transaction.run(updateIncident, [...columns, previousVersion], otherVersion);
  }

  function putFigures(changes: readonly MemberChange[]): void {
    const figures = new Map<string, { joined: number; reach: number; platforms: Map<string, number> }>();
    for (const { incidentId, before, after } of changes) {
      const sums = figures.get(incidentId) ?? { joined: 0, reach: 0, platforms: new Map<string, number>() };
      figures.set(incidentId, sums);
      if (before === null) sums.joined += 1;
      sums.reach += after.reach - (before?.reach ?? 0);
      const add = (platform: string, count: number) => sums.platforms.set(platform, (sums.platforms.get(platform) ?? 0) + count);
      if (before !== null) add(before.platform, -1);
      add(after.platform, 1);
    }
    for (const [id, { joined, reach }] of figures) if (joined !== 0 || reach !== 0) transaction.run(addFigures, [id, joined, reach]);
    for (const [id, { platforms }] of figures)
      for (const [platform, count] of platforms) if (count !== 0) transaction.run(addToPlatform, [id, platform, count]);
  }

  return {
    async incidentsByStory(storyKeys) {
      const keys = JSON.stringify([...new Set(storyKeys)]);
      const rows = await transaction.objects('select i.* from json_each(?) j cross join incidents i on i.story_key = j.value', [keys]);
      return new Map([...(await whole(rows)).values()].map((incident) => [incident.storyKey, incident]));
    },
    incident: async (id) => (await byId([id])).get(id),
    async incidentsOfMentions(mentionKeys) {
      // Of two incidents that hold a mention, which older programs could make, the first to open is its home.
      const homes = await transaction.rows<[string, string]>(
        `select m.mention_key, m.incident_id from json_each(?) j cross join incident_mentions m on m.mention_key = j.value
         cross join incidents i on i.id = m.incident_id order by i.number desc`,
        [JSON.stringify([...new Set(mentionKeys)])],
      );
      if (homes.length === 0) return new Map();
      const incidents = await byId([...new Set(homes.map(([, id]) => id))]);
      return new Map(homes.map(([key, id]) => [key, incidents.get(id) as Incident]));
    },
    async takeIncidentNumbers(count) {
      const [row] = await transaction.rows<[number]>(`update counters set value = value + ? where name = 'incident' returning value`, [
        count,
      ]);
      const [last] = row as [number];
      return Array.from({ length: count }, (_, i) => last - count + 1 + i);
    },
    async putIncidents(changes) {
      if (changes.length === 0) return;
      // Kind by kind, so that each travels as one statement with many rows.
      for (const change of changes) putRow(change);
      for (const { incident } of changes) {
        for (const { name, generation, startedAt, dueAt, state, firedAt, stoppedAt } of incident.clocks)
          transaction.run(putClock, [incident.id, name, generation, startedAt, dueAt, state, firedAt, stoppedAt]);
      }
      for (const { incident, events } of changes) {
        for (const { at, actor, action, detail } of events)
          transaction.run('insert into audit (incident_id, at, actor, action, detail) values (?, ?, ?, ?, ?)', [
            incident.id,
            at,
            actor,
            action,
            JSON.stringify(detail),
          ]);
      }
    },
    async putMembers(changes) {
      for (const { incidentId, key, before, after } of changes)
        if (before === null) transaction.run(insertMember, [incidentId, key, after.publishedAt, after.reach]);
      for (const { incidentId, key, before, after } of changes)
        if (before !== null) transaction.run(updateMember, [after.publishedAt, after.reach, key, incidentId]);
      putFigures(changes);
    },
    async dueClocks(now, limit) {
      const due = await transaction.rows<[string, ClockName, number]>(
        `select incident_id, name, generation from clocks where state = 'armed' and due_at <= ? order by due_at, incident_id, name desc limit ?`,
        [now, limit],
      );
      if (due.length === 0) return [];
      const incidents = await byId([...new Set(due.map(([id]) => id))]);
      return due.map(([id, clock, generation]) => ({ incident: incidents.get(id) as Incident, clock, generation }));
    },
    async fireClock(incidentId, clock, generation, firedAt, latenessMs) {
      const changes = await transaction.changes(
        `update clocks set state = 'fired', fired_at = ?, lateness_ms = ?
         where incident_id = ? and name = ? and generation = ? and state = 'armed'`,
        [firedAt, latenessMs, incidentId, clock, generation],
      );
      return changes === 1;
    },
    async commandAnswer(commandId) {
      const [row] = await transaction.rows<[string]>('select answer from command_answers where command_id = ?', [commandId]);
      return row?.[0];
    },
    async putCommandAnswer(commandId, answer, at) {
      transaction.run('insert into command_answers (command_id, answer, at) values (?, ?, ?)', [commandId, answer, at]);
    },
  };
}
