/** Pages of messages with their attempts, newest first. */
import type { MessageView } from '../../../../shared/incidents/messages.ts';
import { DRY_END, type MessageFilter, type OutboxRow } from '../../../pipeline/ports/outbox.ts';
import type { Page, PageQuery } from '../../../pipeline/ports/page.ts';
import { outboxRowOf } from '../outbox-row.ts';
import { numberIn, numberOrNullIn, textIn, textOrNullIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

/** Attempts and requeues of a message that are shown. */
const NEWEST = 20;
const statesOf = { waiting: ['waiting', 'sending', 'held'], sent: ['sent'], dead: ['dead'], dropped: ['dropped'] } as const;

export function readMessages(reader: Reader, { limit, after, state, incidentId }: PageQuery & MessageFilter): Page<MessageView> {
  const filters = [
    ...(state === undefined ? [] : [{ sql: 'state in (select value from json_each(?))', value: JSON.stringify(statesOf[state]) }]),
    ...(incidentId === undefined ? [] : [{ sql: 'incident_id = ?', value: incidentId }]),
  ];
  const values = filters.map(({ value }) => value);
  const where = (...more: string[]): string => ['true', ...filters.map(({ sql }) => sql), ...more].join(' and ');
  const total = numberIn(reader.rows(`select count(*) as n from outbox where ${where()}`).get(...values) ?? {}, 'n');
  const found = reader
    .rows(`select * from outbox where ${where('id < ?')} order by id desc limit ?`)
    .all(...values, after?.[0] ?? Number.MAX_SAFE_INTEGER, limit + 1)
    .map(outboxRowOf);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown.map((row) => viewOf(reader, row)), total, next: shown.length < found.length && last ? [last.id, 0] : null };
}

export function readMessage(reader: Reader, id: number): MessageView | undefined {
  const row = reader.rows('select * from outbox where id = ?').get(id);
  return row ? viewOf(reader, outboxRowOf(row)) : undefined;
}

const outcomes = ['delivered', 'refused', 'failed', 'cut_off'] as const;

function viewOf(reader: Reader, row: OutboxRow): MessageView {
  const { id, key, incidentId, step, urgency, person, content, dry, createdAt, nextAt, endedAt, reason, digestId, isDigest } = row;
  const count = reader.rows('select coalesce(max(number), 0) as n from outbox_attempts where message_id = ?').get(id);
  const attempts = reader.rows(`select * from outbox_attempts where message_id = ? order by number desc limit ${NEWEST}`).all(id);
  const requeues = reader.rows(`select * from outbox_requeues where message_id = ? order by id desc limit ${NEWEST}`).all(id);
  const held = isDigest ? numberIn(reader.rows('select count(*) as n from outbox where digest_id = ?').get(id) ?? {}, 'n') : null;
  return {
    ...{ id, idempotencyKey: key, incidentId, step, urgency, person, content, dry, createdAt, nextAt, endedAt, reason },
    contacts: row.contacts.map(({ channel }) => channel),
    channel: row.channel === '' ? null : row.channel === DRY_END ? 'dry' : row.channel,
    state: row.state === 'sent' || row.state === 'dead' || row.state === 'dropped' ? row.state : 'waiting',
    ...{ digest: digestId, holds: held, attemptCount: numberIn(count ?? {}, 'n') },
    attempts: attempts.map((attempt) => ({
      ...{ at: numberIn(attempt, 'begun_at'), channel: textIn(attempt, 'channel') === DRY_END ? 'dry' : textIn(attempt, 'channel') },
      outcome: outcomes.find((outcome) => outcome === attempt['outcome']) ?? null,
      ...{ status: numberOrNullIn(attempt, 'status'), said: textOrNullIn(attempt, 'said') },
    })),
    requeues: requeues.map((line) => ({ at: numberIn(line, 'at'), actor: textIn(line, 'actor'), reason: textIn(line, 'reason') })),
  };
}
