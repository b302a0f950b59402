/** Incidents with their clocks, audit and messages. Every guard is a condition of the write itself. */
import type { ClockName, ClockState, IncidentStatus } from '../../../../shared/incidents/types.ts';
import type { Clock, Incident, IncidentChange } from '../../../domain/incidents/types.ts';
import type { StoreTx } from '../../../pipeline/ports.ts';
import type { TxContext } from './context.ts';
import { preparer } from './context.ts';

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
type Row = Record<string, unknown>;

const clockOf = (row: Row): Clock => ({
  name: row['name'] as ClockName,
  generation: row['generation'] as number,
  startedAt: row['started_at'] as number,
  dueAt: row['due_at'] as number,
  state: row['state'] as ClockState,
  firedAt: row['fired_at'] as number | null,
  stoppedAt: row['stopped_at'] as number | null,
});

export function incidentsPart(context: TxContext): Incidents {
  const run = preparer(context.db);

  function incidentOf(row: Row): Incident {
    const id = row['id'] as string;
    const clocks = run('select * from clocks where incident_id = ? order by generation, started_at, name desc').all(id);
    const mentions = run('select mention_key from incident_mentions where incident_id = ? order by ordinal').all(id);
    return {
      id,
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
      mentions: mentions.map((m) => m['mention_key'] as string),
      clocks: clocks.map(clockOf),
    };
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
    ];
    const { changes } =
      previousVersion === 0
        ? run(
            `insert into incidents (version, status, title, brand, story_id, opened_at, published_at, detected_at, owner, response, resolved_at,
               id, story_key, number) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
          ).run(...columns, incident.id, incident.storyKey, incident.number)
        : run(
            `update incidents set version = ?, status = ?, title = ?, brand = ?, story_id = ?, opened_at = ?, published_at = ?, detected_at = ?,
               owner = ?, response = ?, resolved_at = ? where id = ? and version = ?`,
          ).run(...columns, incident.id, previousVersion);
    if (changes !== 1) throw new Error(`incident ${incident.id} is not stored at version ${previousVersion}`);
  }

  /** Stories grow at the end: only what joined since is written, unless the list was rearranged. */
  function putMentions(incident: Incident): void {
    const last = run('select ordinal, mention_key from incident_mentions where incident_id = ? order by ordinal desc limit 1').get(
      incident.id,
    );
    let next = last ? (last['ordinal'] as number) + 1 : 0;
    if (last && incident.mentions[next - 1] !== last['mention_key']) {
      run('delete from incident_mentions where incident_id = ?').run(incident.id);
      next = 0;
    }
    for (; next < incident.mentions.length; next++) {
      run('insert into incident_mentions (incident_id, ordinal, mention_key) values (?, ?, ?)').run(
        incident.id,
        next,
        incident.mentions[next] as string,
      );
    }
  }

  function putClock(incidentId: string, clock: Clock): void {
    run(
      `insert into clocks (incident_id, name, generation, started_at, due_at, state, fired_at, stopped_at) values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (incident_id, name, generation) do update set started_at = excluded.started_at, due_at = excluded.due_at,
         state = excluded.state, fired_at = excluded.fired_at, stopped_at = excluded.stopped_at`,
    ).run(incidentId, clock.name, clock.generation, clock.startedAt, clock.dueAt, clock.state, clock.firedAt, clock.stoppedAt);
  }

  function putOne({ incident, previousVersion, events }: IncidentChange): void {
    putRow(incident, previousVersion);
    putMentions(incident);
    for (const clock of incident.clocks) putClock(incident.id, clock);
    for (const event of events) {
      run('insert into audit (incident_id, at, actor, action, detail) values (?, ?, ?, ?, ?)').run(
        incident.id,
        event.at,
        event.actor,
        event.action,
        JSON.stringify(event.detail),
      );
    }
  }

  return {
    async incidentsByStory(storyKeys) {
      const found = new Map<string, Incident>();
      const rows = run('select i.* from json_each(?) j cross join incidents i on i.story_key = j.value').all(
        JSON.stringify([...new Set(storyKeys)]),
      );
      for (const row of rows) {
        found.set(row['story_key'] as string, incidentOf(row));
        const wait = context.pacer.pace();
        if (wait) await wait;
      }
      return found;
    },
    async incident(id) {
      const row = run('select * from incidents where id = ?').get(id);
      return row && incidentOf(row);
    },
    async takeIncidentNumbers(count) {
      const row = run(`update counters set value = value + ? where name = 'incident' returning value`).get(count);
      const last = row?.['value'] as number;
      return Array.from({ length: count }, (_, i) => last - count + 1 + i);
    },
    async putIncidents(changes) {
      for (const change of changes) {
        putOne(change);
        const wait = context.pacer.pace();
        if (wait) await wait;
      }
    },
    async dueClocks(now, limit) {
      const due = run(
        `select incident_id, name, generation from clocks where state = 'armed' and due_at <= ? order by due_at, incident_id, name desc limit ?`,
      ).all(now, limit);
      const incidents = new Map<string, Incident>();
      const found: { incident: Incident; clock: ClockName; generation: number }[] = [];
      for (const row of due) {
        const id = row['incident_id'] as string;
        let incident = incidents.get(id);
        if (!incident) {
          incident = incidentOf(run('select * from incidents where id = ?').get(id) ?? {});
          incidents.set(id, incident);
        }
        found.push({ incident, clock: row['name'] as ClockName, generation: row['generation'] as number });
        const wait = context.pacer.pace();
        if (wait) await wait;
      }
      return found;
    },
    async fireClock(incidentId, clock, generation, firedAt, latenessMs) {
      const { changes } = run(
        `update clocks set state = 'fired', fired_at = ?, lateness_ms = ?
         where incident_id = ? and name = ? and generation = ? and state = 'armed'`,
      ).run(firedAt, latenessMs, incidentId, clock, generation);
      return changes === 1;
    },
    async commandAnswer(commandId) {
      return run('select answer from command_answers where command_id = ?').get(commandId)?.['answer'] as string | undefined;
    },
    async putCommandAnswer(commandId, answer, at) {
      run('insert into command_answers (command_id, answer, at) values (?, ?, ?)').run(commandId, answer, at);
    },
    async putOutbox(messages) {
      for (const { key, kind, payload, createdAt } of messages) {
        run('insert into outbox (key, kind, payload, created_at) values (?, ?, ?, ?) on conflict do nothing').run(
          key,
          kind,
          JSON.stringify(payload),
          createdAt,
        );
      }
    },
  };
}
