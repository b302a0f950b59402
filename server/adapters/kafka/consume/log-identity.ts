/**
 * Tells a topic from another one of the same name where the broker gives topics no id, which is before Kafka 2.8 [I3].
 * A position is bound to a record that was read: its offset and a digest of its time, key and value. A topic that was
 * made anew holds another record there, or none yet. When retention or compaction has removed the record, nothing can be
 * told, and the offsets alone decide; so the position is bound to a later record from time to time.
 */
import { createHash } from 'node:crypto';
import { boundOffset, recordIdentity, type Start } from '../../../pipeline/ingest/partition-start.ts';
import type { AdminClient } from '../admin-client.ts';
import type { StoredRecord, Watermarks } from '../cluster.ts';
import { standInOf } from '../codec/batch-limit.ts';
import type { Partition } from './assignment.ts';

type Admin = Pick<AdminClient, 'recordFrom'>;
type Place = Pick<Partition, 'topic' | 'partition'>;
type Bound = Place & Pick<Partition, 'logId'>;
/** Without the end of what may be read: a record that is stored is below it. */
type Ends = Pick<Watermarks, 'low' | 'high'>;

/** Whether the log still holds the record that a position is bound to; null = that cannot be told. */
export async function holdsBoundRecord(admin: Admin, part: Bound, marks: Ends): Promise<boolean | null> {
  const offset = boundOffset(part.logId);
  if (offset === null) return null;
  if (offset >= marks.high) return false;
  const record = await recordAt(admin, part, offset, marks);
  return record === null ? null : nameOf(record) === part.logId;
}

/** What binds a position at the start of its partition; null while the log holds nothing. */
export async function recordToBind(
  admin: Admin,
  part: Bound,
  found: { readonly marks: Ends; readonly start: Start; readonly holdsRecord: boolean | null },
): Promise<string | null> {
  const { marks, start, holdsRecord } = found;
  if (holdsRecord) return part.logId;
  const last = await recordAt(admin, part, start.from - 1, marks);
  const record = last ?? (marks.low < marks.high ? await admin.recordFrom(part.topic, part.partition, marks.low) : null);
  return record && nameOf(record);
}

/**
 * Binds a position to the last record that was stored. Resolves to the new identity, to `another` when the log is no
 * longer the one that the position is bound to, and to null when nothing is to be changed. The new record is read first:
 * when the older one is still there after that, both are of one log.
 */
export async function bindLater(admin: Admin, part: Bound & Pick<Partition, 'lastStored'>, marks: Ends): Promise<string | null> {
  const { lastStored } = part;
  const later = lastStored !== null && lastStored > (boundOffset(part.logId) ?? -1) ? await recordAt(admin, part, lastStored, marks) : null;
  if ((await holdsBoundRecord(admin, part, marks)) === false) return another;
  return later && nameOf(later);
}
export const another = 'another';

async function recordAt(admin: Admin, { topic, partition }: Place, offset: number, { low, high }: Ends): Promise<StoredRecord | null> {
  if (offset < low || offset >= high) return null;
  const record = await admin.recordFrom(topic, partition, offset);
  return record && Number(record.offset) === offset ? record : null;
}

function nameOf({ offset, timestamp, key, value }: StoredRecord): string {
  const hash = createHash('sha256').update(timestamp);
  const content = value && (standInOf(value)?.compressed ?? value);
  for (const part of [key, content]) hash.update(`|${part?.length ?? 'null'}|`).update(part ?? '');
  return recordIdentity(Number(offset), hash.digest('base64url').slice(0, 22));
}
