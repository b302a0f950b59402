/** What is kept of records themselves: quarantine, raw bytes, freshness, the change log. */
import { constants, zstdCompress, zstdCompressSync } from 'node:zlib';
import type { RawRecords, StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { TxContext } from './context.ts';
import { paced } from './context.ts';

type Records = Pick<StoreTx, 'quarantine' | 'closeQuarantine' | 'closeQuarantined' | 'putRaw' | 'touchStreams' | 'appendChange'>;

/** Raw JSON shrinks to a seventh at level 1; higher levels cost more than they save. */
const ZSTD_LEVEL = 1;
/** What compressing hands over at a time, each in a turn of the event loop: a block in one go. */
const CHUNK_BYTES = 262_144;
/** Shorter blocks are compressed on the spot, in some fifty microseconds: the way to a thread of the pool and back takes longer, and the commit would wait for it. */
const ON_THE_SPOT_BYTES = 8_192;
const params = { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL };
/** Changes kept for a reader that comes back; nobody needs older ones, a snapshot serves them. */
const CHANGES_KEPT = 100_000;
const takeNumber = `update counters set value = value + 1 where name = 'change'`;
const logChange = `insert into change_log (number, touched, at) select value, ?, ? from counters where name = 'change'`;
const trimChanges = `delete from change_log where number <= (select value from counters where name = 'change') - ${CHANGES_KEPT}`;

/** Blocks are packed in the same memory again and again: fresh megabytes cost more in page faults than the copy itself. */
let spare: Buffer | undefined;
const SPARE_LIMIT = 8 * 1_048_576;

/** A block: the length of its index, the index as JSON with the lengths of what follows, and the records' bytes. */
function packRaw({ partition, receivedAt, offsets, bytes: each }: RawRecords): { block: Buffer; memory: Buffer } {
  const index = JSON.stringify({ partition, receivedAt, offsets, lengths: each.map((bytes) => bytes.length) });
  const indexLength = Buffer.byteLength(index);
  const length = each.reduce((sum, bytes) => sum + bytes.length, 4 + indexLength);
  const memory = spare && spare.length >= length ? spare : Buffer.allocUnsafeSlow(Math.ceil(length * 1.25));
  spare = undefined;
  memory.writeUInt32LE(indexLength);
  memory.write(index, 4);
  let at = 4 + indexLength;
  for (const bytes of each) {
    memory.set(bytes, at);
    at += bytes.length;
  }
  return { block: memory.subarray(0, length), memory };
}

/** The packed block, or its promise where it is long. */
function compress(records: RawRecords): Buffer | Promise<Buffer> {
  const { block, memory } = packRaw(records);
  const giveBack = (): void => {
    if (memory.length <= SPARE_LIMIT) spare = memory;
  };
  if (block.length <= ON_THE_SPOT_BYTES) {
    const packed = zstdCompressSync(block, { params });
    giveBack();
    return packed;
  }
  return new Promise((resolve, reject) => {
    zstdCompress(block, { chunkSize: CHUNK_BYTES, params }, (error, packed) => {
      giveBack();
      if (error) reject(error);
      else resolve(packed);
    });
  });
}

const quarantine = `insert into quarantine
  (code, path, message, position, topic, event_id, event_type, source, length, sha256, raw, received_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** The greatest of a column and what is said now; null says nothing. */
const greatest = (column: string): string =>
  `${column} = max(coalesce(${column}, excluded.${column}), coalesce(excluded.${column}, ${column}))`;
const touch = `insert into streams (stream, received_at, occurred_at, alive_at) values (?, ?, ?, ?) on conflict (stream) do update
  set ${['received_at', 'occurred_at', 'alive_at'].map(greatest).join(', ')}`;

export function recordsPart(context: TxContext): Records {
  const { transaction } = context;
  return {
    quarantine: (entries) =>
      paced(context, entries, (e) =>
        transaction.run(quarantine, [
          e.rejection.code,
          e.rejection.path,
          e.rejection.message,
          e.position,
          e.topic,
          e.eventId,
          e.eventType,
          e.source,
          e.length,
          e.sha256,
          e.raw,
          e.receivedAt,
        ]),
      ),
    async closeQuarantine(id, state, actor, reason, at) {
      const changes = await transaction.changes(
        `update quarantine set state = ?, closed_by = ?, closed_reason = ?, closed_at = ? where id = ? and state = 'open'`,
        [state, actor, reason, at, id],
      );
      return changes === 1;
    },
    closeQuarantined: (ids, state, actor, reason, at) =>
      transaction.changes(
        `update quarantine set state = ?, closed_by = ?, closed_reason = ?, closed_at = ?
         where id in (select value from json_each(?)) and state = 'open'`,
        [state, actor, reason, at, JSON.stringify(ids)],
      ),
    async putRaw(records) {
      const { receivedAt, offsets } = records;
      if (offsets.length === 0) return;
      const put = (block: Buffer): void =>
        transaction.run('insert into raw_blocks (first_received_at, last_received_at, records, block) values (?, ?, ?, ?)', [
          receivedAt,
          receivedAt,
          offsets.length,
          block,
        ]);
      const block = compress(records);
      // A long block is compressed in the thread pool while the fold goes on; the commit waits for it.
      if (block instanceof Promise) transaction.include(block.then(put));
      else put(block);
    },
    async touchStreams(seen) {
      for (const { stream, receivedAt, occurredAt, aliveAt } of seen) transaction.run(touch, [stream, receivedAt, occurredAt, aliveAt]);
    },
    async appendChange(touched, at) {
      // No question among them: they wait for the commit and are one message with it.
      transaction.run(takeNumber, []);
      transaction.run(logChange, [JSON.stringify(touched), at]);
      transaction.run(trimChanges, []);
    },
  };
}
