/** Screens, and what they painted of red stories. */
import type { ScreenTx } from '../../../pipeline/ports/screen-store.ts';
import type { TxContext } from './context.ts';

export function screensPart({ transaction }: TxContext): ScreenTx {
  return {
    async putScreens(rows) {
      for (const { id, name, registeredAt, seenAt, report } of rows) {
        transaction.run(
          `insert into screens (id, name, registered_at, seen_at, report) values (?, ?, ?, ?, ?)
           on conflict (id) do update set name = excluded.name, seen_at = excluded.seen_at, report = excluded.report`,
          [id, name, registeredAt, seenAt, report === null ? null : JSON.stringify(report)],
        );
      }
    },
    async forgetScreens(ids) {
      for (const id of ids) transaction.run('delete from screens where id = ?', [id]);
    },
    async putPainted({ incidentId, generation }, screenId, at) {
      transaction.run(
        `insert into painted_stories (incident_id, generation, painted_at, screen_id) values (?, ?, ?, ?)
         on conflict (incident_id, generation) do update set painted_at = excluded.painted_at, screen_id = excluded.screen_id
         where painted_at is null`,
        [incidentId, generation, at, screenId],
      );
    },
    async takeEarlyCall({ incidentId, generation }, at) {
      const changes = await transaction.changes(
        'insert into painted_stories (incident_id, generation, called_at) values (?, ?, ?) on conflict do nothing',
        [incidentId, generation, at],
      );
      return changes === 1;
    },
  };
}
