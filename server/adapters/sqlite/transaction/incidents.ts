/** Incidents with their clocks, audit and messages. Every guard is a condition of the write itself. */
import type { ClockName, ClockState, IncidentStatus } from '../../../../shared/incidents/types.ts';
import type { Clock, Incident } from '../../../domain/incidents/types.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { Primitive, Row } from '../steps.ts';
import type { TxContext } from './context.ts';

type Incidents = Pick<
  StoreTx,
  | 'incidentsByStory'
  | 'incident'
  | 'takeIncidentNumbers'
  | 'putIncidents'
  | 'dueClocks'
  | 'fireClock'
  | 'commandAnswer'
  | 'putCommandAnswer'
  | 'putOutbox'
>;
interface Last {
  readonly ordinal: number;
  readonly mention: string;
}

const insertIncident = `insert into incidents
  (version, status, title, brand, story_id, opened_at, published_at, detected_at, owner, response, resolved_at, id, story_key, number)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`;
const updateIncident = `update incidents set version = ?, status = ?, title = ?, brand = ?, story_id = ?, opened_at = ?, published_at = ?,
  detected_at = ?, owner = ?, response = ?, resolved_at = ? where id = ? and version = ?`;
const putClock = `insert into clocks (incident_id, name, generation, started_at, due_at, state, fired_at, stopped_at) values (?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (incident_id, name, generation) do update set started_at = excluded.started_at, due_at = excluded.due_at,
    state = excluded.state, fired_at = excluded.fired_at, stopped_at = excluded.stopped_at`;

/** The id is the twelfth value of both statements. */
const alreadyStored = (values: readonly Primitive[]): Error => new Error(`incident ${values[11]} is stored already, or its story is`);
const otherVersion = (values: readonly Primitive[]): Error => new Error(`incident ${values[11]} is not stored at version ${values[12]}`);

const clockOf = (row: Row): Clock => ({
  name: row['name'] as ClockName,
  generation: row['generation'] as number,
  startedAt: row['started_at'] as number,
  dueAt: row['due_at'] as number,
  state: row['state'] as ClockState,
  firedAt: row['fired_at'] as number | null,
  stoppedAt: row['stopped_at'] as number | null,
});

const incidentOf = (row: Row, mentions: readonly string[], clocks: readonly Clock[]): Incident => ({
  id: row['id'] as string,
  storyKey: row['story_key'] as string,
  number: row['number'] as number,
  version: row['version'] as number,
  status: row['status'] as IncidentStatus,
  title: row['title'] as string,
  brand: row['brand'] as string,
  storyId: row['story_id'] as string | null,
  openedAt: row['opened_at'] as number,
  publishedAt: row['published_at'] as number,
  detectedAt: row['detected_at'] as number,
  owner: row['owner'] as string | null,
  response: row['response'] as string | null,
  resolvedAt: row['resolved_at'] as number | null,
  mentions,
  clocks,
});

export function incidentsPart({ transaction }: TxContext): Incidents {
  /** The incidents of these rows by id, with what belongs to them. */
  async function whole(rows: readonly Row[]): Promise<Map<string, Incident>> {
    if (rows.length === 0) return new Map();
    const ids = JSON.stringify(rows.map((row) => row['id']));
    const [clocks, mentions] = await Promise.all([
      transaction.objects(
        'select c.* from json_each(?) j cross join clocks c on c.incident_id = j.value order by c.generation, c.started_at, c.name desc',
        [ids],
      ),
      transaction.rows<[string, string]>(
        `select m.incident_id, m.mention_key from json_each(?) j cross join incident_mentions m on m.incident_id = j.value
         order by m.incident_id, m.ordinal`,
        [ids],
      ),
    ]);
    const parts = new Map(rows.map((row) => [row['id'] as string, { row, mentions: [] as string[], clocks: [] as Clock[] }]));
    for (const clock of clocks) parts.get(clock['incident_id'] as string)?.clocks.push(clockOf(clock));
    for (const [id, key] of mentions) parts.get(id)?.mentions.push(key);
    return new Map([...parts].map(([id, part]) => [id, incidentOf(part.row, part.mentions, part.clocks)]));
  }

  async function byId(ids: readonly string[]): Promise<Map<string, Incident>> {
    return whole(
      await transaction.objects('select i.* from json_each(?) j cross join incidents i on i.id = j.value', [JSON.stringify(ids)]),
    );
  }

  function putRow(incident: Incident, previousVersion: number): void {
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
      incident.id,
    ];
    if (previousVersion === 0) transaction.run(insertIncident, [...columns, incident.storyKey, incident.number], alreadyStored);
    else transaction.run(updateIncident, [...columns, previousVersion], otherVersion);
  }

  async function lastMentions(ids: readonly string[]): Promise<Map<string, Last>> {
    const rows = await transaction.rows<[string, number, string]>(
      `select m.incident_id, m.ordinal, m.mention_key from json_each(?) j cross join incident_mentions m on m.incident_id = j.value
       and m.ordinal = (select max(ordinal) from incident_mentions where incident_id = j.value)`,
      [JSON.stringify(ids)],
    );
    return new Map(rows.map(([id, ordinal, mention]) => [id, { ordinal, mention }]));
  }

  /** Stories grow at the end: only what joined since is written, unless the list was rearranged. */
  function putMentions({ id, mentions }: Incident, last: Last | undefined): void {
    let next = last ? last.ordinal + 1 : 0;
    if (last && mentions[next - 1] !== last.mention) {
      transaction.run('delete from incident_mentions where incident_id = ?', [id]);
      next = 0;
    }
    for (; next < mentions.length; next++) {
      transaction.run('insert into incident_mentions (incident_id, ordinal, mention_key) values (?, ?, ?)', [
        id,
        next,
        mentions[next] as string,
      ]);
    }
  }

  return {
    async incidentsByStory(storyKeys) {
      const keys = JSON.stringify([...new Set(storyKeys)]);
      const rows = await transaction.objects('select i.* from json_each(?) j cross join incidents i on i.story_key = j.value', [keys]);
      return new Map([...(await whole(rows)).values()].map((incident) => [incident.storyKey, incident]));
    },
    incident: async (id) => (await byId([id])).get(id),
    async takeIncidentNumbers(count) {
      const [row] = await transaction.rows<[number]>(`update counters set value = value + ? where name = 'incident' returning value`, [
        count,
      ]);
      const [last] = row as [number];
      return Array.from({ length: count }, (_, i) => last - count + 1 + i);
    },
    async putIncidents(changes) {
      if (changes.length === 0) return;
      const last = await lastMentions(changes.map(({ incident }) => incident.id));
      // Kind by kind, so that each travels as one statement with many rows.
      for (const { incident, previousVersion } of changes) putRow(incident, previousVersion);
      for (const { incident } of changes) {
        putMentions(incident, last.get(incident.id));
        const mention = incident.mentions.at(-1);
        // The next change of the same incident in this very call continues from here.
        if (mention !== undefined) last.set(incident.id, { ordinal: incident.mentions.length - 1, mention });
      }
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
    async putOutbox(messages) {
      for (const { key, kind, payload, createdAt } of messages) {
        transaction.run('insert into outbox (key, kind, payload, created_at) values (?, ?, ?, ?) on conflict do nothing', [
          key,
          kind,
          JSON.stringify(payload),
          createdAt,
        ]);
      }
    },
  };
}
