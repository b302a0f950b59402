/** What is kept of records themselves: quarantine, raw bytes, freshness, the change log. */
import { constants, zstdCompress } from 'node:zlib';
import type { RawRecord, StoreTx } from '../../../pipeline/ports.ts';
import type { TxContext } from './context.ts';
import { paced } from './context.ts';

type Records = Pick<StoreTx, 'quarantine' | 'closeQuarantine' | 'putRaw' | 'touchStreams' | 'appendChange'>;

/** Raw JSON shrinks to a seventh at level 1; higher levels cost more than they save. */
const ZSTD_LEVEL = 1;
/** Changes kept for a reader that comes back; nobody needs older ones, a snapshot serves them. */
const CHANGES_KEPT = 100_000;
const TRIM_EVERY = 1_000;

/** A block's index: positions with receipt time and length, in the order of the bytes that follow it. */
function packRaw(records: readonly RawRecord[]): Buffer {
  const index = Buffer.from(JSON.stringify(records.map((r) => [r.position, r.receivedAt, r.bytes.length])));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(index.length);
  return Buffer.concat([head, index, ...records.map((r) => r.bytes)]);
}

const compress = (block: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    zstdCompress(block, { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } }, (error, packed) =>
      error ? reject(error) : resolve(packed),
    );
  });

const quarantine = `insert into quarantine
  (code, path, message, position, topic, event_id, event_type, source, length, sha256, raw, received_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const touch = `insert into streams (stream, received_at, occurred_at) values (?, ?, ?) on conflict (stream) do update
  set received_at = max(received_at, excluded.received_at), occurred_at = max(occurred_at, excluded.occurred_at)`;

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
    async putRaw(records) {
      if (records.length === 0) return;
      const first = records.reduce((a, r) => Math.min(a, r.receivedAt), Infinity);
      const last = records.reduce((a, r) => Math.max(a, r.receivedAt), 0);
      // Compressing goes on in the thread pool while the fold works; the commit waits for it.
      transaction.include(
        compress(packRaw(records)).then((block) =>
          transaction.run('insert into raw_blocks (first_received_at, last_received_at, records, block) values (?, ?, ?, ?)', [
            first,
            last,
            records.length,
            block,
          ]),
        ),
      );
    },
    async touchStreams(seen) {
      for (const { stream, receivedAt, occurredAt } of seen) transaction.run(touch, [stream, receivedAt, occurredAt]);
    },
    async appendChange(touched, at) {
      const [row] = await transaction.rows<[number]>(`update counters set value = value + 1 where name = 'change' returning value`, []);
      const [number] = row as [number];
      transaction.run('insert into change_log (number, touched, at) values (?, ?, ?)', [number, JSON.stringify(touched), at]);
      if (number % TRIM_EVERY === 0) transaction.run('delete from change_log where number <= ?', [number - CHANGES_KEPT]);
      return number;
    },
  };
}
