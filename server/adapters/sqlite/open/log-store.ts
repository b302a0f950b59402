/**
 * The embedded log's tables: written by the one writing connection, read by a reading
 * thread, which sees no more than what is committed [I11].
 */
import type { AppendRecord } from '../../../pipeline/ports/log.ts';
import { createGroupQueue } from '../../../pipeline/ports/group-queue.ts';
import type { LogTables } from '../../../pipeline/ports/log-tables.ts';
import type { SqliteReads } from '../reads/reads.ts';
import type { WriteQueue } from '../transaction/write-queue.ts';
import type { Transaction } from '../transaction/transaction.ts';

interface Waiting {
  readonly records: readonly AppendRecord[];
  readonly appendedAt: number;
}

/** Rows one delete takes: bounds how long other writes wait. */
const TRIM_ROWS = 10_000;
const insert = 'insert into log_records (topic, "offset", key, appended_at, value) values (?, ?, ?, ?, ?)';
const moveEnd = `insert into log_ends (topic, next_offset, first_offset) values (?, ?, 0)
  on conflict (topic) do update set next_offset = excluded.next_offset`;

export function createLogTables(queue: WriteQueue, reads: Pick<SqliteReads, 'logBounds' | 'logRecords'>): LogTables {
  /** Committed ends, so that a reader that has everything need not ask. */
  const ends = new Map<string, number>();

  async function write(transaction: Transaction, taken: readonly Waiting[]): Promise<Map<string, number>> {
    const topics = [...new Set(taken.flatMap(({ records }) => records.map((r) => r.topic)))];
    const stored = await transaction.rows<[string, number]>(
      'select topic, next_offset from log_ends where topic in (select value from json_each(?))',
      [JSON.stringify(topics)],
    );
    const next = new Map(stored);
    for (const { records, appendedAt } of taken) {
      for (const { topic, key, value } of records) {
        const offset = next.get(topic) ?? 0;
        next.set(topic, offset + 1);
        transaction.run(insert, [topic, offset, key, appendedAt, value]);
      }
    }
    for (const topic of topics) transaction.run(moveEnd, [topic, next.get(topic) as number]);
    return next;
  }

  /** Every append that waits when the transaction begins shares its commit: many small appends cost one sync. */
  const enqueue = createGroupQueue<Waiting, void>(async (run) => {
    let taken: readonly Waiting[] = [];
    const written = await queue.transaction((transaction) => {
      taken = run.take(run.waiting.length);
      // The write queue keeps the order, so the next appends may already wait there for their transaction.
      run.release();
      return write(transaction, taken);
    });
    for (const [topic, end] of written) ends.set(topic, Math.max(end, ends.get(topic) ?? 0));
    return taken.map(() => undefined);
  });

  return {
    append(records, appendedAt) {
      return records.length === 0 ? Promise.resolve() : enqueue({ records, appendedAt });
    },
    read: (topic, fromOffset, maxBytes) => reads.logRecords(topic, fromOffset, maxBytes),
    start: async (topic) => (await reads.logBounds(topic)).start,
    async end(topic) {
      const known = ends.get(topic);
      if (known !== undefined) return known;
      const { end } = await reads.logBounds(topic);
      // An append may have been faster than the answer.
      ends.set(topic, Math.max(end, ends.get(topic) ?? 0));
      return ends.get(topic) as number;
    },
    async trim(topic, belowOffset) {
      const { start, end } = await reads.logBounds(topic);
      const below = Math.min(belowOffset, end);
      for (let from = start; from < below;) {
        const next = Math.min(below, from + TRIM_ROWS);
        await queue.transaction(async (transaction) => {
          transaction.run('delete from log_records where topic = ? and "offset" < ?', [topic, next]);
          transaction.run('update log_ends set first_offset = ? where topic = ?', [next, topic]);
        });
        from = next;
      }
    },
  };
}
