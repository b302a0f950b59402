/** Steps of escalation: deadlines like those of clocks [T1], with the same guard against firing twice [T4]. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { escalationStepOf } from '../escalation-row.ts';
import { stepColumns, stepValues } from '../incident-columns.ts';
import type { TxContext } from './context.ts';

type Escalation = Pick<StoreTx, 'escalationSteps' | 'putEscalationSteps' | 'dueSteps' | 'fireStep' | 'toldGaps' | 'putToldGaps'>;

const put = `insert into escalation_steps (${stepColumns.join(', ')}) values (${stepColumns.map(() => '?').join(', ')})
  on conflict (incident_id, generation, name) do update set round = excluded.round, waits_for = excluded.waits_for,
    roles = excluded.roles, started_at = excluded.started_at, after_ms = excluded.after_ms, due_at = excluded.due_at,
    state = excluded.state, fired_at = excluded.fired_at, people = excluded.people`;

export function escalationPart({ transaction }: TxContext): Escalation {
  return {
    async escalationSteps(incidentIds) {
      if (incidentIds.length === 0) return [];
      const rows = await transaction.objects(
        `select s.* from json_each(?) j cross join escalation_steps s on s.incident_id = j.value
         order by s.incident_id, s.generation, s.started_at + s.after_ms, s.name`,
        [JSON.stringify([...new Set(incidentIds)])],
      );
      return rows.map(escalationStepOf);
    },
    async putEscalationSteps(steps) {
      for (const step of steps) transaction.run(put, stepValues(step));
    },
    async dueSteps(at, limit) {
      const rows = await transaction.objects(
        `select * from escalation_steps where state = 'armed' and due_at <= ? order by due_at, incident_id, name limit ?`,
        [at, limit],
      );
      return rows.map(escalationStepOf);
    },
    async fireStep({ incidentId, generation, name, round }, firedAt, people) {
      const changes = await transaction.changes(
        `update escalation_steps set state = 'fired', fired_at = ?, people = ?
         where incident_id = ? and generation = ? and name = ? and round = ? and state = 'armed'`,
        [firedAt, JSON.stringify(people), incidentId, generation, name, round],
      );
      return changes === 1;
    },
    async toldGaps(starts) {
      const rows = await transaction.rows<[number]>(
        'select starts_at from told_gaps where starts_at in (select value from json_each(?)) order by starts_at',
        [JSON.stringify(starts)],
      );
      return rows.map(([start]) => start);
    },
    async putToldGaps(starts, at) {
      for (const start of starts) transaction.run('insert or ignore into told_gaps (starts_at, told_at) values (?, ?)', [start, at]);
    },
  };
}
