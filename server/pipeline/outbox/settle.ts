/** What an attempt changes in the store: the message, what a digest held, and when the channel last took something. */
import type { SendOutcome } from '../ports/channels.ts';
import type { OutboxRow, OutboxTx } from '../ports/outbox.ts';
import { dropOvertaken } from './overtaken.ts';
import {
  afterAttempt,
  afterRefusal,
  afterTurn,
  dead,
  delivered,
  giveUpMs,
  LONGEST_RETRY_AFTER_MS,
  whileAbsent,
  type Moment,
} from './turns.ts';

/** Messages whose turn ends in one transaction. */
const BATCH = 250;

type Writes = Pick<OutboxTx, 'heldBy' | 'putStandings' | 'endAttempt' | 'markDelivered' | 'wakeChannel'>;

/** Ends an attempt; resolves to where the message stands now. */
export async function settle(tx: Writes, row: OutboxRow, outcome: SendOutcome, moment: Moment): Promise<OutboxRow> {
  const { now } = moment;
  const after = afterAttempt(row, outcome, moment);
  const asked = outcome.ok ? undefined : outcome.retryAfterMs;
  await tx.endAttempt(row.id, {
    outcome: outcome.ok ? 'delivered' : outcome.permanent ? 'refused' : 'failed',
    ...{ at: now, status: outcome.status, said: outcome.said },
    retryAt: asked === undefined ? null : now + Math.min(LONGEST_RETRY_AFTER_MS, asked),
  });
  const held = row.isDigest && after.state !== 'waiting' ? await tx.heldBy(row.id) : [];
  await tx.putStandings([after, ...held.map((each) => afterDigest(each, after, outcome, moment))]);
  if (outcome.ok && !row.dry) await tx.markDelivered(row.channel, now);
  return after;
}

/** A message whose digest came to an end. */
function afterDigest(row: OutboxRow, digest: OutboxRow, outcome: SendOutcome, { now, trusted }: Moment): OutboxRow {
  if (digest.state === 'sent') return delivered(row, now);
  if (!outcome.ok && outcome.permanent) return afterRefusal({ ...row, digestId: null }, now, outcome.said);
  if (trusted - row.since >= giveUpMs[row.urgency]) return dead(row, now, digest.reason ?? outcome.said);
  return { ...row, state: 'waiting', digestId: null, nextAt: now };
}

/** Gives the turn to the next contacts of messages that waited two minutes; resolves to how many turns ended. */
export async function endTurns(tx: Pick<OutboxTx, 'turnsEnded' | 'heldBy' | 'putStandings'>, now: number): Promise<number> {
  const rows = await tx.turnsEnded(now, BATCH);
  const changes: OutboxRow[] = [];
  for (const row of rows) {
    if (row.isDigest) changes.push(...digestTurn(row, await tx.heldBy(row.id), now));
    else changes.push(afterTurn(row, now));
  }
  await tx.putStandings(changes);
  return rows.length;
}

/** Those with another contact leave the digest for it; the digest goes on with the others. */
function digestTurn(digest: OutboxRow, held: readonly OutboxRow[], now: number): readonly OutboxRow[] {
  const turned = held.map((row) => afterTurn({ ...row, state: 'waiting' }, now)).filter((row) => row.digestId === null);
  const left = turned.length < held.length;
  return [...turned, left ? { ...digest, turnEndsAt: null } : dead(digest, now, 'its messages went to other channels')];
}

/** Passes on what is due for a channel that is not there or switched off; resolves to how many messages there were. */
export async function passAbsent(
  tx: Parameters<typeof dropOvertaken>[0],
  channel: string,
  moment: Moment,
  usable: (channel: string) => boolean,
): Promise<number> {
  const rows = await tx.dueMessages(channel, moment.now, BATCH);
  const standing = await dropOvertaken(tx, rows, moment.now);
  await tx.putStandings(standing.map((row) => whileAbsent(row, moment, usable)));
  return rows.length;
}
