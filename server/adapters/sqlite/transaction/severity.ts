/** Sums beside stories that their severity follows from, and spikes of brands. */
import type { SeverityCounters } from '../../../domain/severity/counters.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { newestSpikes, spikeOf } from '../spike-row.ts';
import type { TxContext } from './context.ts';
import { remembered } from './remembered.ts';

type Severities = Pick<
  StoreTx,
  'severityCounters' | 'putSeverityCounters' | 'forgetSeverityCounters' | 'pageMembers' | 'pageOpenIncidents' | 'latestSpikes' | 'putSpike'
>;

const putCounters = `insert into story_severity (incident_id, counters) values (?, ?)
  on conflict (incident_id) do update set counters = excluded.counters`;
const putSpike = `insert into spikes (brand, started_at, ended_at, found_at, negative, total, usual) values (?, ?, ?, ?, ?, ?, ?)
  on conflict (brand, started_at) do update set ended_at = excluded.ended_at, negative = excluded.negative, total = excluded.total,
    usual = excluded.usual`;

/** Written by this file alone, in this shape. */
const countersOf = (text: string): SeverityCounters => JSON.parse(text);

export function severityPart({ transaction }: TxContext): Severities {
  const spikes = remembered(async () => (await transaction.objects(newestSpikes, [])).map(spikeOf));
  /** Answers under way or come, by incident: each holds those of all that were asked for with it. */
  const asked = new Map<string, Promise<ReadonlyMap<string, SeverityCounters>>>();

  async function ask(incidentIds: readonly string[]): Promise<ReadonlyMap<string, SeverityCounters>> {
    const rows = await transaction.rows<[string, string]>(
      'select s.incident_id, s.counters from json_each(?) j cross join story_severity s on s.incident_id = j.value',
      [JSON.stringify(incidentIds)],
    );
    return new Map(rows.map(([id, counters]) => [id, countersOf(counters)]));
  }

  return {
    async severityCounters(incidentIds) {
      const unknown = incidentIds.filter((id) => !asked.has(id));
      const answer = unknown.length === 0 ? undefined : ask(unknown);
      if (answer) for (const id of unknown) asked.set(id, answer);
      const found = new Map<string, SeverityCounters>();
      for (const id of incidentIds) {
        const counters = (await asked.get(id))?.get(id);
        if (counters !== undefined) found.set(id, counters);
      }
      return found;
    },
    async putSeverityCounters(entries) {
      for (const [id] of entries) asked.delete(id);
      for (const [id, counters] of entries) transaction.run(putCounters, [id, JSON.stringify(counters)]);
    },
    async forgetSeverityCounters(incidentIds) {
      asked.clear();
      if (incidentIds === null) transaction.run('delete from story_severity', []);
      else
        transaction.run('delete from story_severity where incident_id in (select value from json_each(?))', [JSON.stringify(incidentIds)]);
    },
    async pageMembers(incidentId, after, limit) {
      const rows = await transaction.rows<[number, string]>(
        'select ordinal, mention_key from incident_mentions where incident_id = ? and ordinal > ? order by ordinal limit ?',
        [incidentId, after, limit],
      );
      return rows.map(([ordinal, key]) => ({ ordinal, key }));
    },
    async pageOpenIncidents(after, limit) {
      const rows = await transaction.rows<[string]>(
        `select id from incidents where status not in ('resolved', 'false_alarm', 'merged') and id > ? order by id limit ?`,
        [after ?? '', limit],
      );
      return rows.map(([id]) => id);
    },
    latestSpikes: spikes.get,
    async putSpike({ brand, startedAt, endedAt, foundAt, negative, total, usual }) {
      spikes.forget();
      transaction.run(putSpike, [brand, startedAt, endedAt, foundAt, negative, total, usual]);
    },
  };
}
