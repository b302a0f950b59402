/** Messages owed to people: written in the transaction of their cause [N1]. */
import { urgencies } from '../../../../shared/incidents/alert.ts';
import { firstTurn } from '../../../pipeline/ports/outbox.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { TxContext } from './context.ts';

type Outbox = Pick<StoreTx, 'putOutbox'>;

const insert = `insert into outbox (key, incident_id, step, urgency, person_id, person_name, contacts, content, dry, created_at, since,
    state, channel, address, turn, turn_ends_at, next_at, ended_at, reason)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing`;

export function outboxPart({ transaction }: TxContext): Outbox {
  return {
    async putOutbox(messages) {
      for (const message of messages) {
        const { key, incidentId, step, urgency, person, contacts, content, dry, createdAt } = message;
        const { state, channel, address, turn, turnEndsAt, nextAt, endedAt, reason } = firstTurn(message);
        transaction.run(insert, [
          ...[key, incidentId, step, urgencies.indexOf(urgency), person?.id ?? null, person?.name ?? null],
          ...[JSON.stringify(contacts), JSON.stringify(content), dry ? 1 : 0, createdAt, createdAt],
          ...[state, channel, address, turn, turnEndsAt, nextAt, endedAt, reason],
        ]);
      }
    },
  };
}
