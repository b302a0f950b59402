/** Messages owed to people: written in the transaction of their cause [N1], taken and ended by the dispatcher. */
import { urgencies } from '../../../../shared/incidents/alert.ts';
import { firstTurn, type OutboxMessage, type OutboxRow, type OutboxTx, type Standing } from '../../../pipeline/ports/outbox.ts';
import { outboxRowOf } from '../outbox-row.ts';
import type { Primitive, Row } from '../steps.ts';
import type { TxContext } from './context.ts';

const insert = `insert into outbox (key, incident_id, step, urgency, person_id, person_name, contacts, content, dry, created_at, since,
    state, channel, address, turn, turn_ends_at, next_at, ended_at, reason, is_digest)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const due = `select * from outbox indexed by outbox_waiting where state = 'waiting' and channel = ? and urgency = ? and is_digest = ? and next_at <= ?
  order by next_at, id limit ?`;
const begin = `update outbox set state = 'sending', next_at = null where id = ? and state = 'waiting'`;
const beginAttempt = `insert into outbox_attempts (message_id, number, channel, begun_at)
  values (?1, (select coalesce(max(number), 0) + 1 from outbox_attempts where message_id = ?1), ?2, ?3)`;
const endLast = `update outbox_attempts set ended_at = ?2, outcome = ?3, status = ?4, said = ?5, retry_at = ?6
  where message_id = ?1 and number = (select max(number) from outbox_attempts where message_id = ?1) and ended_at is null`;
const stand = `update outbox set state = ?, channel = ?, address = ?, turn = ?, turn_ends_at = ?, refused = ?, tries = ?, next_at = ?,
  digest_id = ?, ended_at = ?, reason = ? where id = ?`;

const notThere = ([id]: readonly unknown[]): Error => new Error(`message ${String(id)} does not wait`);
const noAttempt = ([id]: readonly unknown[]): Error => new Error(`message ${String(id)} has no attempt under way`);
const noRow = (values: readonly unknown[]): Error => new Error(`message ${String(values.at(-1))} is not stored`);

function columns(message: OutboxMessage, standing: Standing, isDigest: boolean): readonly Primitive[] {
  const { key, incidentId, step, urgency, person, contacts, content, dry, createdAt } = message;
  const { state, channel, address, turn, turnEndsAt, nextAt, endedAt, reason } = standing;
  return [
    ...[key, incidentId, step, urgencies.indexOf(urgency), person?.id ?? null, person?.name ?? null],
    ...[JSON.stringify(contacts), JSON.stringify(content), dry ? 1 : 0, createdAt, createdAt],
    ...[state, channel, address, turn, turnEndsAt, nextAt, endedAt, reason, isDigest ? 1 : 0],
  ];
}

export function outboxPart({ transaction }: TxContext): OutboxTx {
  const rowsOf = (rows: readonly Row[]): readonly OutboxRow[] => rows.map(outboxRowOf);
  async function dueMessages(channel: string, now: number, limit: number): Promise<readonly OutboxRow[]> {
    const places = urgencies.flatMap((_, urgency) => [1, 0].map((isDigest) => [urgency, isDigest] as const));
    // Asked for in one go, so that the questions travel together.
    const found = await Promise.all(places.map(([u, isDigest]) => transaction.objects(due, [channel, u, isDigest, now, limit])));
    return rowsOf(found.flat().slice(0, limit));
  }

  return {
    async putOutbox(messages) {
      for (const message of messages)
        transaction.run(`${insert} on conflict (key) do nothing`, columns(message, firstTurn(message), false));
    },
    async resumeMessages(now, alive) {
      const cut = await transaction.rows<[number]>(
        `select id from outbox indexed by outbox_sending where state = 'sending' and id not in (select value from json_each(?))`,
        [JSON.stringify(alive)],
      );
      for (const [id] of cut) transaction.run(endLast, [id, now, 'cut_off', null, '', null]);
      for (const [id] of cut) transaction.run(`update outbox set state = 'waiting', next_at = ? where id = ?`, [now, id]);
      return cut.length;
    },
    async bringForward(now, longestMs) {
      const moved = await transaction.changes(
        `update outbox indexed by outbox_next set next_at = ?1 where state = 'waiting' and next_at > ?1 + ?2`,
        [now, longestMs],
      );
      await transaction.changes(
        `update outbox indexed by outbox_turns set turn_ends_at = ?1 where state = 'waiting' and turn_ends_at is not null and turn_ends_at > ?1 + ?2`,
        [now, longestMs],
      );
      return moved;
    },
    dueMessages,
    async takeMessages(channel, now, limit) {
      const taken = await dueMessages(channel, now, limit);
      for (const { id } of taken) transaction.run(begin, [id], notThere);
      for (const { id } of taken) transaction.run(beginAttempt, [id, channel, now]);
      return taken.map((row) => ({ ...row, state: 'sending', nextAt: null }));
    },
    async waitingMessages(channel, urgency, limit) {
      return rowsOf(
        await transaction.objects(
          `select * from outbox indexed by outbox_waiting where state = 'waiting' and channel = ? and urgency = ? and is_digest = 0 order by next_at, id limit ?`,
          [channel, urgencies.indexOf(urgency), limit],
        ),
      );
    },
    async turnsEnded(now, limit) {
      return rowsOf(
        await transaction.objects(
          `select * from outbox indexed by outbox_turns where state = 'waiting' and turn_ends_at is not null and turn_ends_at <= ? order by turn_ends_at limit ?`,
          [now, limit],
        ),
      );
    },
    async heldBy(digestId) {
      return rowsOf(await transaction.objects('select * from outbox where digest_id = ? order by id', [digestId]));
    },
    async putStandings(rows) {
      for (const { id, state, channel, address, turn, turnEndsAt, refused, tries, nextAt, digestId, endedAt, reason } of rows)
        transaction.run(
          stand,
          [state, channel, address, turn, turnEndsAt, JSON.stringify(refused), tries, nextAt, digestId, endedAt, reason, id],
          noRow,
        );
    },
    async endAttempt(id, { outcome, at, status, said, retryAt }) {
      transaction.run(endLast, [id, at, outcome, status, said, retryAt], noAttempt);
    },
    async markDelivered(channel, at) {
      transaction.run(
        `insert into outbox_delivered (channel, at) values (?, ?) on conflict (channel) do update set at = max(at, excluded.at)`,
        [channel, at],
      );
    },
    async wakeChannel(channel, now) {
      for (const [urgency] of urgencies.entries())
        for (const isDigest of [1, 0])
          await transaction.changes(
            `update outbox indexed by outbox_waiting set next_at = ?1 where state = 'waiting' and channel = ?2 and urgency = ?3 and is_digest = ?4 and next_at > ?1`,
            [now, channel, urgency, isDigest],
          );
    },
    async putDigest(digest, standing, held) {
      const [row] = await transaction.rows<[number]>(`${insert} returning id`, columns(digest, standing, true));
      const [id] = row as [number];
      for (const each of held)
        transaction.run(
          `update outbox set state = 'held', next_at = null, turn_ends_at = null, digest_id = ? where id = ? and state = 'waiting'`,
          [id, each],
          ([, message]) => notThere([message]),
        );
      return id;
    },
    async requeueMessage(id, at, actor, reason) {
      const [row] = await transaction.objects(`select * from outbox where id = ? and state = 'dead' and is_digest = 0`, [id]);
      if (row === undefined) return false;
      const message = outboxRowOf(row);
      const standing = firstTurn({ ...message, createdAt: at });
      if (standing.state === 'dead') return false;
      transaction.run(`update outbox set since = ? where id = ?`, [at, id]);
      await this.putStandings([{ ...message, ...standing, refused: [], tries: 0, digestId: null }]);
      transaction.run('insert into outbox_requeues (message_id, at, actor, reason) values (?, ?, ?, ?)', [id, at, actor, reason]);
      return true;
    },
  };
}
