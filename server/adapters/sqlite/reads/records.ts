/** Quarantine, freshness, positions and sizes. */
import type { Stream } from '../../../../shared/wire/freshness.ts';
import type { GapCause, LogMarkName } from '../../../pipeline/ports/log.ts';
import type { QuarantineFilter, QuarantineRow } from '../../../pipeline/ports/reads.ts';
import type { Reader } from './reader.ts';
import { numberIn, numberOrNullIn, textIn, textOrNullIn } from '../row-values.ts';

const columns = `id, state, code, path, message, position, topic, event_id, event_type, source, length, sha256, received_at,
  closed_by, closed_reason`;

/** Conditions and their values. Rows hold the raw bytes, so whatever is filtered or counted is so in the index `quarantine_by_kind`. */
function passing({ state, code, topic }: QuarantineFilter): { where: string; values: readonly string[] } {
  const asked = Object.entries({ state, code, topic }).flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]));
  return { where: ['true', ...asked.map(({ column }) => `${column} = ?`)].join(' and '), values: asked.map(({ value }) => value) };
}

export function readQuarantine(reader: Reader, query: QuarantineFilter & { limit: number; before?: number }) {
  const { where, values } = passing(query);
  const total = reader.rows(`select count(*) as n from quarantine indexed by quarantine_by_kind where ${where}`).get(...values)?.[
    'n'
  ] as number;
  const rows = reader
    .rows(
      `select ${columns} from quarantine where id in (
         select id from quarantine indexed by quarantine_by_kind where ${where} and id < ? order by id desc limit ?
       ) order by id desc`,
    )
    .all(...values, query.before ?? Number.MAX_SAFE_INTEGER, query.limit);
  return {
    total,
    rows: rows.map((row) => ({
      id: numberIn(row, 'id'),
      state: row['state'] as QuarantineRow['state'],
      code: textIn(row, 'code'),
      path: textIn(row, 'path'),
      message: textIn(row, 'message'),
      position: textIn(row, 'position'),
      topic: textIn(row, 'topic'),
      eventId: textOrNullIn(row, 'event_id'),
      eventType: textOrNullIn(row, 'event_type'),
      source: textOrNullIn(row, 'source'),
      length: numberIn(row, 'length'),
      sha256: textIn(row, 'sha256'),
      receivedAt: numberIn(row, 'received_at'),
      closedBy: textOrNullIn(row, 'closed_by'),
      closedReason: textOrNullIn(row, 'closed_reason'),
    })),
  };
}

export function readOpenQuarantine(
  reader: Reader,
  { after, upTo, limit, ...filter }: Omit<QuarantineFilter, 'state'> & { after: number; upTo: number; limit: number },
) {
  const { where, values } = passing({ ...filter, state: 'open' });
  // Without a filter the other index leads straight to the place.
  const index = values.length > 1 ? 'quarantine_by_kind' : 'quarantine_by_state';
  return reader
    .rows(
      `select id, length, length(raw) as kept from quarantine where id in (
         select id from quarantine indexed by ${index} where ${where} and id > ? and id <= ? order by id limit ?
       ) order by id`,
    )
    .all(...values, after, upTo, limit)
    .map((row) => ({ id: numberIn(row, 'id'), length: numberIn(row, 'length'), kept: numberIn(row, 'kept') }));
}

export function readQuarantineRaws(reader: Reader, ids: readonly number[]) {
  return reader
    .rows('select id, raw, received_at from quarantine where id in (select value from json_each(?)) order by id')
    .all(JSON.stringify(ids))
    .map((row) => ({ id: numberIn(row, 'id'), raw: row['raw'] as Uint8Array, receivedAt: numberIn(row, 'received_at') }));
}

export function readQuarantineRaw(reader: Reader, id: number): Uint8Array | undefined {
  return reader.rows('select raw from quarantine where id = ?').get(id)?.['raw'] as Uint8Array | undefined;
}

/** The condition of the index `quarantine_mentions`, word by word. A deletion hides no alarm. */
const mentionsOpen = `select count(*) as n from quarantine indexed by quarantine_mentions
  where state = 'open' and (topic = 'sentiment' or substr(event_type, 1, 10) = 'sentiment.') and event_type is not 'sentiment.deleted'
  and code <> 'id_conflict'`;

export function readQuarantinedMentions(reader: Reader): number {
  return Number(reader.rows(mentionsOpen).get()?.['n']);
}

export function readStreams(reader: Reader) {
  return reader
    .rows('select stream, received_at, occurred_at, alive_at from streams order by stream')
    .all()
    .map((row) => ({
      stream: row['stream'] as Stream,
      receivedAt: numberOrNullIn(row, 'received_at'),
      occurredAt: numberOrNullIn(row, 'occurred_at'),
      aliveAt: numberOrNullIn(row, 'alive_at'),
    }));
}

export function readGaps(reader: Reader) {
  return reader
    .rows('select topic, "partition", expected, oldest, cause, at, acknowledged_by from gaps order by at, topic, "partition"')
    .all()
    .map((row) => ({
      topic: textIn(row, 'topic'),
      partition: numberIn(row, 'partition'),
      expected: numberIn(row, 'expected'),
      oldest: numberIn(row, 'oldest'),
      cause: row['cause'] as GapCause,
      at: numberIn(row, 'at'),
      acknowledgedBy: textOrNullIn(row, 'acknowledged_by'),
    }));
}

export function readOffsets(reader: Reader) {
  return reader
    .rows('select topic, "partition", epoch, next_offset, log_id from offsets where next_offset is not null order by topic, "partition"')
    .all()
    .map((row) => ({
      topic: textIn(row, 'topic'),
      partition: numberIn(row, 'partition'),
      epoch: numberIn(row, 'epoch'),
      nextOffset: numberIn(row, 'next_offset'),
      logId: textOrNullIn(row, 'log_id'),
    }));
}

export function readLogs(reader: Reader) {
  return reader
    .rows('select name, caught_up, at from logs order by name')
    .all()
    .map((row) => ({ name: row['name'] as LogMarkName, caughtUp: row['caught_up'] === 1, at: numberIn(row, 'at') }));
}

/** 0 before it was first counted. */
export function readCounter(reader: Reader, name: 'change' | 'ledgerBytes'): number {
  const row = reader.rows('select value from counters where name = ?').get(name);
  return row ? numberIn(row, 'value') : 0;
}
