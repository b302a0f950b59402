/** Records of the embedded log, as the reading thread hands them over: one buffer for all values. */
import type { LogRecord } from '../../../pipeline/ports/log.ts';
import type { Reader } from './reader.ts';

export interface LogPage {
  readonly bytes: Uint8Array;
  /** In the order of the bytes. */
  readonly rows: readonly { readonly offset: number; readonly key: string; readonly appendedAt: number; readonly length: number }[];
}

export function readLogBounds(reader: Reader, topic: string): { start: number; end: number } {
  const row = reader.arrays('select first_offset, next_offset from log_ends where topic = ?').get(topic);
  const [start, end] = (row as unknown as [number, number] | undefined) ?? [0, 0];
  return { start, end };
}

/** Up to the record whose value passes `maxBytes`. */
export function readLogPage(reader: Reader, topic: string, fromOffset: number, maxBytes: number): LogPage {
  const values: Uint8Array[] = [];
  const rows: LogPage['rows'][number][] = [];
  let bytes = 0;
  const found = reader
    .arrays('select "offset", key, value, appended_at from log_records where topic = ? and "offset" >= ? order by "offset"')
    .iterate(topic, fromOffset) as unknown as Iterable<[number, string, Uint8Array, number]>;
  for (const [offset, key, value, appendedAt] of found) {
    rows.push({ offset, key, appendedAt, length: value.length });
    values.push(value);
    bytes += value.length;
    if (bytes >= maxBytes) break;
  }
  // Not from the pool: a clone of a part of it would carry the whole pool along.
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const value of values) {
    whole.set(value, at);
    at += value.length;
  }
  return { bytes: whole, rows };
}

export function recordsOfPage({ bytes, rows }: LogPage): LogRecord[] {
  let at = 0;
  return rows.map(({ offset, key, appendedAt, length }) => ({
    offset,
    key: Buffer.from(key),
    value: bytes.subarray(at, (at += length)),
    headers: {},
    appendedAt,
  }));
}
