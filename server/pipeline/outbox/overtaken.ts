/** Messages that waited, for a retry or through an outage, while their story was taken care of are not sent any more. */
import { overtakenBy } from '../../domain/escalation/overtaken.ts';
import type { OutboxRow, OutboxTx } from '../ports/outbox.ts';
import type { StoreTx } from '../ports/transaction.ts';

type Writes = Pick<OutboxTx, 'dueMessages' | 'takeMessages' | 'heldBy' | 'putStandings'> & Pick<StoreTx, 'incidentsById'>;

/** Drops those of `rows` that are overtaken; resolves to the others. */
export async function dropOvertaken(tx: Writes, rows: readonly OutboxRow[], now: number): Promise<readonly OutboxRow[]> {
  const ids = new Set(rows.flatMap(({ incidentId, dry }) => (incidentId === null || dry ? [] : [incidentId])));
  if (ids.size === 0) return rows;
  const incidents = await tx.incidentsById([...ids]);
  const left: OutboxRow[] = [];
  const dropped: OutboxRow[] = [];
  for (const row of rows) {
    const incident = row.incidentId === null || row.dry ? undefined : incidents.get(row.incidentId);
    const why = incident && overtakenBy(row.content, incident);
    if (why) dropped.push(droppedFor(row, now, `not sent any more: ${why}`));
    else left.push(row);
  }
  await tx.putStandings(dropped);
  return left;
}

function droppedFor(row: OutboxRow, now: number, reason: string): OutboxRow {
  return { ...row, state: 'dropped', digestId: null, nextAt: null, turnEndsAt: null, endedAt: now, reason };
}

/** Takes due messages of a channel that are not overtaken; a digest leaves out what is, and goes with the last of what it held. */
export async function takeStanding(tx: Writes, channel: string, now: number, limit: number): Promise<readonly OutboxRow[]> {
  for (;;) {
    const due = await tx.dueMessages(channel, now, limit);
    const left: OutboxRow[] = [];
    for (const row of await dropOvertaken(tx, due, now)) {
      const held = row.isDigest ? await tx.heldBy(row.id) : [row];
      const stays = row.isDigest ? await dropOvertaken(tx, held, now) : held;
      if (stays.length > 0) left.push(row);
      else await tx.putStandings([droppedFor(row, now, 'not sent any more: all it held was taken care of meanwhile')]);
    }
    // What was dropped made room for others that are due.
    if (left.length === due.length) return due.length === 0 ? [] : tx.takeMessages(channel, now, limit);
  }
}
