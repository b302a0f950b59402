/** From the client library's messages to the line's records, cut into pieces of bounded size. */
import type { LogRecord } from '../../../pipeline/ports/log.ts';
import { standInOf } from '../codec/batch-limit.ts';
import type { KafkaMessage } from '../client.ts';

export interface FetchedChunk {
  readonly records: readonly LogRecord[];
  /** Offset of the last message of the slice, as the library writes it. */
  readonly lastOffset: string;
  /** Of the records' values. */
  readonly bytes: number;
}

/** A fetched batch may inflate to many times what was fetched; it goes to the line in slices of at most this, a record more. */
export interface ChunkLimits {
  readonly bytes: number;
  readonly records: number;
}

/** Values above this are refused by size, so a stand-in is made at least this long [I13]. */
const valueLimit = 256 * 1024;

export function* fetchedChunks(messages: readonly KafkaMessage[], limits: ChunkLimits): Generator<FetchedChunk> {
  let records: LogRecord[] = [];
  let bytes = 0;
  let lastOffset = '';
  for (const message of messages) {
    const record = toRecord(message);
    // Cut before a record, never after one: what follows without a record of its own belongs to the slice before.
    if (record && (bytes >= limits.bytes || records.length >= limits.records)) {
      yield { records, lastOffset, bytes };
      records = [];
      bytes = 0;
    }
    if (record) records.push(record);
    bytes += record?.value?.length ?? 0;
    lastOffset = message.offset;
  }
  if (records.length > 0) yield { records, lastOffset, bytes };
}

/** undefined for the second and further records of a batch that was not inflated: its first stands for all. */
function toRecord(message: KafkaMessage): LogRecord | undefined {
  const { key, value: given } = message;
  const offset = Number(message.offset);
  const appendedAt = Number(message.timestamp);
  const standIn = given ? standInOf(given) : undefined;
  if (!standIn) return { offset, value: given, key, headers: texts(message.headers), appendedAt };
  if (firstOf.has(standIn)) return undefined;
  firstOf.add(standIn);
  const value = Buffer.alloc(Math.max(valueLimit + 1, standIn.compressed.length));
  value.set(standIn.compressed);
  return {
    offset,
    value,
    key,
    appendedAt,
    headers: { 'warroom-unread': `compressed batch of ${standIn.records} records, beyond the inflated limit` },
  };
}

const firstOf = new WeakSet<object>();
const noHeaders: LogRecord['headers'] = Object.freeze({});

/** A repeated header keeps its last value, as HTTP's binary mode would. */
function texts(headers: KafkaMessage['headers']): LogRecord['headers'] {
  // The library gives every message an object; most have nothing in it.
  let any = false;
  for (const _ in headers) any = true;
  if (!headers || !any) return noHeaders;
  const out: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined && last !== null) out[name] = last.toString();
  }
  return out;
}
