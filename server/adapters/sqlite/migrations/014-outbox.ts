/**
 * Messages with their state: whose turn it is among the contacts, when the next attempt is due, which digest holds a
 * message, and every attempt. Rows of the older shape had no receiver and are in the audit trail, so they go.
 *
 * `urgency` 0 = breach, 1 = alert, 2 = notice. `state`: waiting · sending (an attempt is under way) · held (a digest
 * tells it) · sent · dead. `channel` is the one whose turn it is, `~dry` for what never leaves, empty where nobody can be
 * reached. The indexes of waiting rows begin with what the dispatcher asks by, so that its look costs what it takes.
 */
export const sql = `
drop table outbox;
create table outbox (id integer primary key autoincrement, key text not null unique, incident_id text, step text not null,
  urgency integer not null, person_id text, person_name text, contacts text not null, content text not null, dry integer not null,
  created_at integer not null, since integer not null, state text not null, channel text not null, address text not null,
  turn integer not null, turn_ends_at integer, refused text not null default '[]', tries integer not null default 0,
  next_at integer, is_digest integer not null default 0, digest_id integer references outbox (id), ended_at integer, reason text) strict;
create index outbox_waiting on outbox (channel, urgency, is_digest desc, next_at, id) where state = 'waiting';
create index outbox_next on outbox (next_at) where state = 'waiting';
create index outbox_turns on outbox (turn_ends_at) where state = 'waiting' and turn_ends_at is not null;
create index outbox_sending on outbox (id) where state = 'sending';
create index outbox_undelivered on outbox (since) where dry = 0 and state in ('waiting', 'sending', 'held');
create index outbox_dead on outbox (ended_at) where dry = 0 and state = 'dead';
create index outbox_of_digest on outbox (digest_id) where digest_id is not null;
create index outbox_of_incident on outbox (incident_id, id);
create index outbox_by_state on outbox (state, id);
create table outbox_attempts (message_id integer not null references outbox (id), number integer not null, channel text not null,
  begun_at integer not null, ended_at integer, outcome text, status integer, said text, retry_at integer,
  primary key (message_id, number)) strict, without rowid;
create index outbox_attempts_by_channel on outbox_attempts (channel, begun_at);
create table outbox_requeues (id integer primary key autoincrement, message_id integer not null references outbox (id), at integer not null,
  actor text not null, reason text not null) strict;
create index outbox_requeues_of on outbox_requeues (message_id);
create table outbox_delivered (channel text primary key, at integer not null) strict, without rowid;
`;
