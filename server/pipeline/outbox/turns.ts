/**
 * Where a message goes next: pure decisions about one row. A person has contacts in order of preference; one of them
 * has its turn for two minutes, then the next one that has not refused for good [N5].
 */
import type { SendOutcome } from '../ports/channels.ts';
import { TURN_MS, type OutboxRow } from '../ports/outbox.ts';

const HOUR_MS = 3_600_000;
/** How long a message is tried before it is a dead letter [N3]. */
export const giveUpMs = { breach: 24 * HOUR_MS, alert: 6 * HOUR_MS, notice: 6 * HOUR_MS } as const;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 300_000;
/** A provider that asks for a longer rest is asked again after this. */
export const LONGEST_RETRY_AFTER_MS = 900_000;
/** Before a channel that was removed or switched off is looked for again. */
const ABSENT_PAUSE_MS = 30_000;

export interface Moment {
  readonly now: number;
  /** How far the clock of this machine may be trusted: what ages only by a step of the clock is not given up for it [T8]. */
  readonly trusted: number;
  /** In [0, 1). */
  readonly random: number;
}

/** Full jitter: anything up to a ceiling that doubles from 2 s to 5 min [N3]. */
export function pauseMs(tries: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, Math.max(0, tries - 1))));
}

/** The row with the contact at `turn` in its place. */
function turnedTo(row: OutboxRow, turn: number, now: number, nextAt: number): OutboxRow {
  const contact = row.contacts[turn];
  if (contact === undefined) throw new Error(`message ${row.id} has no contact ${turn}`);
  const alone = row.contacts.length - row.refused.length <= 1;
  return {
    ...row,
    ...{ state: 'waiting', turn, channel: contact.channel, address: contact.address ?? '', digestId: null, nextAt },
    turnEndsAt: alone ? null : now + TURN_MS,
  };
}

/** The next contact after the present one that may still be tried; undefined where the present one is the only one left, or none. */
function nextTurn({ contacts, turn, refused }: OutboxRow, usable: (channel: string) => boolean = () => true): number | undefined {
  for (let step = 1; step < contacts.length; step++) {
    const next = (turn + step) % contacts.length;
    if (!refused.includes(next) && usable(contacts[next]?.channel ?? '')) return next;
  }
  return undefined;
}

export function dead(row: OutboxRow, now: number, reason: string): OutboxRow {
  return { ...row, state: 'dead', nextAt: null, turnEndsAt: null, endedAt: now, reason };
}

export function delivered(row: OutboxRow, now: number): OutboxRow {
  return { ...row, state: 'sent', nextAt: null, turnEndsAt: null, endedAt: now, reason: null };
}

/** After a refusal for good: the next contact at once; without one the message is a dead letter. */
export function afterRefusal(row: OutboxRow, now: number, said: string): OutboxRow {
  const refused = [...row.refused, row.turn];
  const next = nextTurn({ ...row, refused });
  return next === undefined ? dead({ ...row, refused }, now, said) : turnedTo({ ...row, refused }, next, now, now);
}

/** Where a message stands after an attempt. */
export function afterAttempt(row: OutboxRow, outcome: SendOutcome, { now, trusted, random }: Moment): OutboxRow {
  if (outcome.ok) return delivered(row, now);
  if (outcome.permanent) return afterRefusal(row, now, outcome.said);
  if (trusted - row.since >= giveUpMs[row.urgency]) return dead(row, now, `given up: ${outcome.said}`);
  const tries = row.tries + 1;
  const asked = Math.min(LONGEST_RETRY_AFTER_MS, outcome.retryAfterMs ?? 0);
  return { ...row, state: 'waiting', tries, nextAt: now + Math.max(asked, pauseMs(tries, random)) };
}

/** When a turn is over: the next contact at once. Where all others refused meanwhile, the turn goes on. */
export function afterTurn(row: OutboxRow, now: number): OutboxRow {
  const next = nextTurn(row);
  return next === undefined ? { ...row, turnEndsAt: null } : turnedTo(row, next, now, now);
}

/** When the channel whose turn it is is not there: a contact whose channel is, else the same again a little later. */
export function whileAbsent(row: OutboxRow, { now, trusted }: Moment, usable: (channel: string) => boolean): OutboxRow {
  if (trusted - row.since >= giveUpMs[row.urgency]) return dead(row, now, 'given up: the channel is not there');
  const next = nextTurn(row, usable);
  return next === undefined ? { ...row, nextAt: now + ABSENT_PAUSE_MS } : turnedTo(row, next, now, now);
}
