/** From the client library's messages to the records of the log port. */
import type { LogRecord } from '../../../pipeline/ports/log.ts';
import { standInOf } from '../codec/batch-limit.ts';
import type { KafkaMessage } from '../client.ts';

/** Values above this are refused by size, so a stand-in is made at least this long [I13]. */
const valueLimit = 256 * 1024;

/** A fetched batch as records, with the total size of their values in bytes. */
export function recordsOf(messages: readonly KafkaMessage[]): { readonly records: readonly LogRecord[]; readonly bytes: number } {
  const records: LogRecord[] = [];
  let bytes = 0;
  for (const message of messages) {
    const record = toRecord(message);
    if (!record) continue;
    records.push(record);
    bytes += record.value?.length ?? 0;
  }
  return { records, bytes };
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
