/** The embedded log's tables on the writing connection. Reads go up to what is committed, never into an open transaction. */
import type { AppendRecord, LogRecord } from '../../pipeline/ports.ts';
import type { LogTables } from '../../pipeline/log-tables.ts';
import type { TxContext } from './tx/context.ts';
import { preparer } from './tx/context.ts';
import type { WriteQueue } from './write-queue.ts';

interface Waiting {
  readonly records: readonly AppendRecord[];
  readonly appendedAt: number;
}
interface Bounds {
  readonly start: number;
  readonly end: number;
}

const PACE_EVERY = 64;
/** Rows one delete takes: about a millisecond. */
const TRIM_ROWS = 1_000;

export function createLogTables(context: TxContext, queue: WriteQueue): LogTables {
  const run = preparer(context.db);
  /** Committed bounds, known after the first question about a topic. */
  const bounds = new Map<string, Bounds>();
  let waiting: Waiting[] = [];
  let commit: Promise<void> | undefined;

  function boundsOf(topic: string): Bounds {
    let known = bounds.get(topic);
    if (!known) {
      const row = run('select first_offset, next_offset from log_ends where topic = ?').get(topic);
      known = { start: (row?.['first_offset'] as number | undefined) ?? 0, end: (row?.['next_offset'] as number | undefined) ?? 0 };
      bounds.set(topic, known);
    }
    return known;
  }

  /** Everybody who waits when the turn comes shares one commit, so many small appends cost one sync. */
  async function appendWaiting(): Promise<void> {
    const ends = new Map<string, number>();
    const take = (): Waiting[] => {
      const taken = waiting;
      waiting = [];
      commit = undefined;
      return taken;
    };
    let taken: Waiting[] | undefined;
    const work = async (): Promise<void> => {
      taken = take();
      let sincePace = 0;
      for (const { records, appendedAt } of taken) {
        for (const { topic, key, value } of records) {
          const offset = ends.get(topic) ?? boundsOf(topic).end;
          ends.set(topic, offset + 1);
          run('insert into log_records (topic, "offset", key, value, appended_at) values (?, ?, ?, ?, ?)').run(
            topic,
            offset,
            key,
            value,
            appendedAt,
          );
          if (++sincePace === PACE_EVERY) {
            sincePace = 0;
            const wait = context.pacer.pace();
            if (wait) await wait;
          }
        }
      }
      for (const [topic, end] of ends) {
        run(
          `insert into log_ends (topic, next_offset, first_offset) values (?, ?, 0)
           on conflict (topic) do update set next_offset = excluded.next_offset`,
        ).run(topic, end);
      }
    };
    try {
      await queue.transaction(work);
    } catch (error) {
      // The transaction may not even have begun; whoever waits hears of it now and may try again.
      if (!taken) take();
      throw error;
    }
    for (const [topic, end] of ends) bounds.set(topic, { start: boundsOf(topic).start, end });
  }

  return {
    append(records, appendedAt) {
      if (records.length === 0) return Promise.resolve();
      waiting.push({ records, appendedAt });
      commit ??= appendWaiting();
      return commit;
    },
    async read(topic, fromOffset, maxBytes) {
      const { end } = boundsOf(topic);
      const found: LogRecord[] = [];
      let bytes = 0;
      const rows = run(
        'select "offset", key, value, appended_at from log_records where topic = ? and "offset" >= ? and "offset" < ? order by "offset"',
      ).iterate(topic, fromOffset, end);
      for (const row of rows) {
        const value = row['value'] as Uint8Array;
        found.push({
          offset: row['offset'] as number,
          key: Buffer.from(row['key'] as string),
          value,
          headers: {},
          appendedAt: row['appended_at'] as number,
        });
        bytes += value.length;
        if (bytes >= maxBytes) break;
      }
      return found;
    },
    start: async (topic) => boundsOf(topic).start,
    end: async (topic) => boundsOf(topic).end,
    async trim(topic, belowOffset) {
      for (;;) {
        const { start, end } = boundsOf(topic);
        const next = Math.min(belowOffset, end, start + TRIM_ROWS);
        if (next <= start) return;
        await queue.transaction(async () => {
          run('delete from log_records where topic = ? and "offset" < ?').run(topic, next);
          run('update log_ends set first_offset = ? where topic = ?').run(next, topic);
        });
        bounds.set(topic, { start: next, end: boundsOf(topic).end });
      }
    },
  };
}
