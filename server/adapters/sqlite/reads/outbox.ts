/** Messages and their attempts, and the few facts the dispatcher looks at each second. */
import { urgencies } from '../../../../shared/incidents/alert.ts';
import { NOBODY_TO_REACH, type OutboxHead, type OutboxReads } from '../../../pipeline/ports/outbox.ts';
import { numberIn, numberOrNullIn, textIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

type Answer<M extends keyof OutboxReads> = Awaited<ReturnType<OutboxReads[M]>>;

/** Jumps from channel to channel in the index instead of reading every waiting row. */
const waitingChannels = `with recursive c (name) as (
    select min(channel) from outbox indexed by outbox_waiting where state = 'waiting'
    union all select (select min(channel) from outbox indexed by outbox_waiting where state = 'waiting' and channel > name) from c where name is not null)
  select name from c where name is not null`;
/** The rows with a retry, at most this old, may still close their channel. */
const RETRY_REACH_MS = 900_000;

export function readOutboxHead(reader: Reader): OutboxHead {
  // The index is named, because the planner does not know how few rows are in it.
  const least = (column: string, index: string, where: string): number | null => {
    const row = reader.rows(`select ${column} as v from outbox indexed by ${index} where ${where} order by ${column} limit 1`).get();
    return row ? numberOrNullIn(row, 'v') : null;
  };
  const last = reader
    .rows(`select ended_at, reason from outbox indexed by outbox_dead where dry = 0 and state = 'dead' order by ended_at desc limit 1`)
    .get();
  return {
    nextAt: least('next_at', 'outbox_next', `state = 'waiting'`),
    nextTurnEnd: least('turn_ends_at', 'outbox_turns', `state = 'waiting' and turn_ends_at is not null`),
    channels: reader
      .rows(waitingChannels)
      .all()
      .map((row) => textIn(row, 'name')),
    undeliveredSince: least('since', 'outbox_undelivered', `dry = 0 and state in ('waiting', 'sending', 'held')`),
    deliveredAt: numberOrNullIn(reader.rows('select max(at) as v from outbox_delivered').get() ?? {}, 'v'),
    lastDead: last ? { at: numberIn(last, 'ended_at'), nobody: last['reason'] === NOBODY_TO_REACH } : null,
  };
}

export function readOutboxBacklog(reader: Reader, channel: string, upTo: number): Answer<'outboxBacklog'> {
  const count = (urgency: number): number => {
    const row = reader
      .rows(
        `select count(*) as n from (select 1 from outbox indexed by outbox_waiting where state = 'waiting' and channel = ? and urgency = ? and is_digest = 0 limit ?)`,
      )
      .get(channel, urgency, upTo);
    return numberIn(row ?? {}, 'n');
  };
  return {
    breach: count(urgencies.indexOf('breach')),
    alert: count(urgencies.indexOf('alert')),
    notice: count(urgencies.indexOf('notice')),
  };
}

export function readOutboxChannel(reader: Reader, channel: string, now: number): Answer<'outboxChannel'> {
  const last = reader.rows('select max(begun_at) as v from outbox_attempts where channel = ?').get(channel);
  const retry = reader
    .rows('select max(retry_at) as v from outbox_attempts where channel = ? and begun_at > ?')
    .get(channel, now - RETRY_REACH_MS);
  return { lastAttemptAt: numberOrNullIn(last ?? {}, 'v'), retryAt: numberOrNullIn(retry ?? {}, 'v') };
}

export function readOverdue(reader: Reader, by: number): number {
  const sql = `select (select count(*) from clocks indexed by clocks_armed where state = 'armed' and due_at <= ?1)
    + (select count(*) from escalation_steps indexed by escalation_steps_due where state = 'armed' and due_at <= ?1) as n`;
  return numberIn(reader.rows(sql).get(by) ?? {}, 'n');
}

export function readWatchdogStories(reader: Reader): readonly string[] {
  const open = `select story_key from incidents where status not in ('resolved', 'false_alarm', 'merged') and substr(story_key, 1, 9) = 'watchdog '`;
  return reader
    .rows(open)
    .all()
    .map((row) => textIn(row, 'story_key'));
}

export function readOutboxSizes(reader: Reader): Answer<'outboxSizes'> {
  const rows = reader.rows(`select channel, count(*) as n from outbox where state = 'waiting' group by channel`).all();
  const dead = reader.rows(`select count(*) as n from outbox where state = 'dead' and is_digest = 0`).get();
  return { waiting: Object.fromEntries(rows.map((row) => [textIn(row, 'channel'), numberIn(row, 'n')])), dead: numberIn(dead ?? {}, 'n') };
}
