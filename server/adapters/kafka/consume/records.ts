/** Converts the messages of the client library to the records of the log port. */
import type { LogRecord } from '../../../pipeline/ports/log.ts';
import { standInOf } from '../codec/batch-limit.ts';
import type { KafkaMessage } from '../client.ts';

/** Consumption refuses values larger than this, so a stand-in is made at least one byte larger [I13]. */
const valueLimit = 256 * 1024;

/** The records of a fetched batch, and the total size of their values in bytes. */
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

/** A batch that was not inflated becomes one record: undefined for its second and further messages. */
function toRecord(message: KafkaMessage): LogRecord | undefined {
  const { key, value: received } = message;
  const offset = Number(message.offset);
  const appendedAt = Number(message.timestamp);
  const standIn = received ? standInOf(received) : undefined;
  if (!standIn) return { offset, value: received, key, headers: textHeaders(message.headers), appendedAt };
  if (converted.has(standIn)) return undefined;
  converted.add(standIn);
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

/** Stand-ins whose record was returned already. */
const converted = new WeakSet<object>();
const noHeaders: LogRecord['headers'] = Object.freeze({});

/** The headers as text; of a repeated header only the last value is kept. */
function textHeaders(headers: KafkaMessage['headers']): LogRecord['headers'] {
  // The library gives every message an object of headers, which is empty for most messages.
  let hasHeaders = false;
  for (const _ in headers) hasHeaders = true;
  if (!headers || !hasHeaders) return noHeaders;
  const out: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined && last !== null) out[name] = last.toString();
  }
  return out;
}
