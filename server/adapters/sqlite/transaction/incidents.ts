/** Incidents with their clocks, audit and messages. Every guard is a condition of the write itself. */
import type { ClockName, ClockState } from '../../../../shared/incidents/types.ts';
import type { Clock, Incident, IncidentChange } from '../../../domain/incidents/types.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { Primitive, Row } from '../steps.ts';
import type { TxContext } from './context.ts';
import { clockColumns, clockValues, incidentColumns, incidentValues } from '../incident-columns.ts';
import { incidentFields } from '../incident-row.ts';
import { numberIn, numberOrNullIn, textIn } from '../row-values.ts';

type Incidents = Pick<
  StoreTx,
  | 'incidentsByStory'
  | 'incident'
  | 'incidentsById'
  | 'incidentsOfMentions'
  | 'incidentNumber'
  | 'takeIncidentNumbers'
  | 'putIncidents'
  | 'endedPauses'
  | 'dueClocks'
  | 'fireClock'
  | 'commandAnswer'
  | 'putCommandAnswer'
>;

const insertIncident = `insert into incidents (${incidentColumns.join(', ')}, audit_count, id, story_key, number)
  values (${incidentColumns.map(() => '?').join(', ')}, ?, ?, ?, ?) on conflict do nothing`;
const updateIncident = `update incidents set ${incidentColumns.map((column) => `${column} = ?`).join(', ')}, audit_count = audit_count + ?
  where id = ? and version = ?`;
const putClock = `insert into clocks (${clockColumns.join(', ')}) values (${clockColumns.map(() => '?').join(', ')})
  on conflict (incident_id, name, generation) do update set started_at = excluded.started_at, due_at = excluded.due_at,
    state = excluded.state, fired_at = excluded.fired_at, stopped_at = excluded.stopped_at,
    paused_ms = excluded.paused_ms, counts = excluded.counts, lateness_ms = max(0, excluded.fired_at - excluded.due_at)`;

/** In both statements the id follows the columns that change and the number of audit lines. */
const ID = incidentColumns.length + 1;
const alreadyStored = (values: readonly Primitive[]): Error => new Error(`incident ${values[ID]} is stored already, or its story is`);
const otherVersion = (values: readonly Primitive[]): Error =>
  new Error(`incident ${values[ID]} is not stored at version ${values[ID + 1]}`);

const clockOf = (row: Row): Clock => ({
  name: row['name'] as ClockName,
  generation: numberIn(row, 'generation'),
  startedAt: numberIn(row, 'started_at'),
  dueAt: numberIn(row, 'due_at'),
  state: row['state'] as ClockState,
  firedAt: numberOrNullIn(row, 'fired_at'),
  stoppedAt: numberOrNullIn(row, 'stopped_at'),
  pausedMs: numberIn(row, 'paused_ms'),
  counts: numberIn(row, 'counts') === 1,
});

const incidentOf = (row: Row, clocks: readonly Clock[]): Incident => ({
  ...incidentFields(row),
  storyKey: textIn(row, 'story_key'),
  number: numberIn(row, 'number'),
  resolvedAt: numberOrNullIn(row, 'resolved_at'),
  clocks,
});

export function incidentsPart({ transaction }: TxContext): Incidents {
  /** The number that was taken last, this transaction included; undefined until somebody asks. */
  let lastNumber: Promise<number> | undefined;
  async function storedNumber(): Promise<number> {
    const [row] = await transaction.rows<[number]>(`select value from counters where name = 'incident'`, []);
    return (row as [number])[0];
  }

  /** The incidents that `from` finds as `i`, by id, with their clocks: both are asked for in one go, as every answer costs a wait. */
  async function whole(from: string, values: readonly Primitive[], last = ''): Promise<Map<string, Incident>> {
    const [rows, clocks] = await Promise.all([
      transaction.objects(`select i.* from ${from} ${last}`, values),
      transaction.objects(
        `select c.* from (select i.id from ${from} ${last}) i cross join clocks c on c.incident_id = i.id
         order by c.generation, c.started_at, c.name desc`,
        values,
      ),
    ]);
    const parts = new Map(rows.map((row) => [textIn(row, 'id'), { row, clocks: [] as Clock[] }]));
    for (const clock of clocks) parts.get(textIn(clock, 'incident_id'))?.clocks.push(clockOf(clock));
    return new Map([...parts].map(([id, part]) => [id, incidentOf(part.row, part.clocks)]));
  }

  function byId(ids: readonly string[]): Promise<Map<string, Incident>> {
    return whole('json_each(?) j cross join incidents i on i.id = j.value', [JSON.stringify(ids)]);
  }

  /** For each merged incident the one that carries it on, which may have been merged itself since. */
  async function carriersOf(incidents: readonly Incident[]): Promise<Map<string, Incident>> {
    const carriers = new Map(incidents.map((incident) => [incident.id, incident]));
    for (;;) {
      const next = [...new Set([...carriers.values()].flatMap(({ mergedInto }) => (mergedInto === null ? [] : [mergedInto])))];
      if (next.length === 0) return carriers;
      const targets = await byId(next);
      for (const [id, { mergedInto }] of carriers) {
        const target = mergedInto === null ? undefined : targets.get(mergedInto);
        if (target !== undefined) carriers.set(id, target);
      }
    }
  }

  function putRow({ incident, previousVersion, events }: IncidentChange): void {
    const columns = [...incidentValues(incident), events.length, incident.id];
    if (previousVersion === 0) transaction.run(insertIncident, [...columns, incident.storyKey, incident.number], alreadyStored);
    else transaction.run(updateIncident, [...columns, previousVersion], otherVersion);
  }

  return {
    async incidentsByStory(storyKeys) {
      const keys = JSON.stringify([...new Set(storyKeys)]);
      const found = await whole('json_each(?) j cross join incidents i on i.story_key = j.value', [keys]);
      // Scattered complaints that a story carried on open again by themselves: the next lonely mention is none of that story.
      const carriers = await carriersOf([...found.values()].filter(({ kind }) => kind === 'story'));
      return new Map([...found.values()].map((incident) => [incident.storyKey, carriers.get(incident.id) ?? incident]));
    },
    incidentsById: byId,
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
    incidentNumber: () => (lastNumber ??= storedNumber()),
    async takeIncidentNumbers(count) {
      const before = (lastNumber ??= storedNumber());
      lastNumber = before.then((last) => last + count);
      const last = await before;
      transaction.run(`update counters set value = ? where name = 'incident'`, [last + count]);
      return Array.from({ length: count }, (_, i) => last + 1 + i);
    },
    async putIncidents(changes) {
      if (changes.length === 0) return;
      // Kind by kind, so that each travels as one statement with many rows.
      for (const change of changes) putRow(change);
      for (const { incident } of changes) {
        for (const clock of incident.clocks) transaction.run(putClock, clockValues(incident.id, clock));
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
    async endedPauses(now, limit) {
      const ended = await whole('incidents i where i.pause_until <= ?', [now, limit], 'order by i.pause_until, i.id limit ?');
      return [...ended.values()];
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
