/**
 * Consumption: takes batches of a log and makes them true, one transaction a slice.
 *
 * What may go wrong, and then [I9]: infrastructure (`Unavailable`) and lost partitions
 * (`Fenced`) pass to the caller, who tries again or lets go. Data the store refuses, and
 * bugs, are hunted down by halving the slice, so that only the guilty record pays. A bug
 * ends the process; a record that did so three times is quarantined `reader_bug`.
 *
 * A crash that no catch can see (memory, a signal) is found at the next start without
 * costing the hot path anything: assigning a partition counts an attempt at its position
 * in the transaction that raises the epoch, and the first commit from there clears it.
 * Three attempts without a commit: from there it goes record by record, each one counted
 * before it is touched, until a whole batch is through.
 */
import { createBrake } from './brake.ts';
import { consumeRecords, positionOf, type Consumed, type ConsumeParts, type Slice } from './consume-records.ts';
import { consumptions, noCounts, type Counts } from './consumed.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { BadData, Fenced, Unavailable, type LogBatch, type LogHandler, type LogRecord, type StoreTx, type Touched } from './ports.ts';

/** Bounds a transaction: how long other writers wait, and how much a crash repeats. */
export const MAX_RECORDS_PER_COMMIT = 2_000;
/** Tries of a record (or of the batch after an assignment) before it is treated as the cause. */
export const MAX_ATTEMPTS = 3;

export interface IngestParts extends ConsumeParts {
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'events' | 'quarantined' | 'batchCommitted' | 'lag'>;
  /** Stops a topic of the consumer [I10]. */
  readonly pause: (topic: string, reason: string, detail: string) => void;
  /** After every commit that changed something: which parts, and the store's clock. */
  readonly committed: (touched: readonly Touched[], at: number) => void;
}

export interface Ingest extends LogHandler {
  /** Since the process started. */
  consumed(): Readonly<Counts>;
  /** After the consumer has stopped: takes back the attempts of partitions that had nothing to read. A clean stop is no crash. */
  rest(): Promise<void>;
}

/** A partition between its assignment and its first commit. */
interface Fresh {
  readonly attempt: string;
  readonly careful: boolean;
}

export function createIngest(parts: IngestParts): Ingest {
  const { store, logger, metrics, clock } = parts;
  const total = noCounts();
  const brake = createBrake();
  const fresh = new Map<string, Fresh>();

  async function commit(slice: Slice): Promise<void> {
    const started = clock.monotonic();
    const done = await consumeRecords(parts, slice);
    metrics.batchCommitted((clock.monotonic() - started) / 1_000, slice.records.length);
    report(slice.topic, done);
  }

  function report(topic: string, done: Consumed): void {
    for (const what of consumptions) {
      if (done.counts[what] === 0) continue;
      total[what] += done.counts[what];
      metrics.events('consume', topic, what, done.counts[what]);
    }
    for (const [code, count] of done.rejected) metrics.quarantined(code, count);
    if (done.overRefunded > 0)
      logger.warn(
        { topic, code: 'over_refund', orders: done.overRefunded },
        'orders refunded beyond their amount: counted, look into them',
      );
    if (done.touched.length > 0) parts.committed(done.touched, done.at);
    const now = clock.monotonic();
    let stop = false;
    for (const bad of done.verdicts) stop = brake.record(topic, bad, now) || stop;
    if (!stop) return;
    const detail = 'more than 20 % of the last 500 records within a minute were bad; look at the quarantine, then resume the source';
    logger.error({ topic, code: 'too_many_bad' }, detail);
    parts.pause(topic, 'too_many_bad', detail);
  }

  /** Halves the slice until the record that cannot be committed is alone; the rest is committed on the way. */
  async function commitAround(slice: Slice, error: unknown): Promise<void> {
    if (error instanceof Unavailable || error instanceof Fenced) throw error;
    const { records } = slice;
    if (records.length <= 1) return commitAlone(slice, error);
    const half = records.length >> 1;
    const second = records[half] as LogRecord;
    await tryCommit({ ...slice, records: records.slice(0, half), nextOffset: second.offset });
    await tryCommit({ ...slice, records: records.slice(half), bookkeeping: undefined });
  }

  async function tryCommit(slice: Slice): Promise<void> {
    try {
      await commit(slice);
    } catch (error) {
      await commitAround(slice, error);
    }
  }

  async function commitAlone(slice: Slice, error: unknown): Promise<void> {
    const record = slice.records[0];
    if (!record) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof BadData) {
      logger.warn(
        { topic: slice.topic, partition: slice.partition, offset: record.offset, error },
        'the store refused a record: quarantined',
      );
      return commit({ ...slice, refused: { code: 'invalid_data', message: `the store refused it: ${message}` } });
    }
    const attempt = positionOf(parts.logName, slice.topic, slice.partition, record.offset);
    const tries = slice.tries ?? (await store.write((tx) => tx.countAttempt(attempt)));
    logger.error(
      { topic: slice.topic, partition: slice.partition, offset: record.offset, tries, error },
      'a record brought the reader down',
    );
    if (tries < MAX_ATTEMPTS) throw error;
    await commitBroken(slice, attempt, tries, message);
  }

  async function commitBroken(slice: Slice, attempt: string, tries: number, message: string): Promise<void> {
    logger.error(
      { topic: slice.topic, partition: slice.partition, position: attempt, code: 'reader_bug', tries },
      'quarantined as reader_bug so that it cannot block its neighbours; this is a bug of ours, please report it',
    );
    const bookkeeping = async (tx: StoreTx): Promise<void> => {
      await slice.bookkeeping?.(tx);
      await tx.clearAttempt(attempt);
    };
    const refused = { code: 'reader_bug', message: `reading it brought the program down ${tries} times: ${message}` } as const;
    await commit({ ...slice, bookkeeping, refused });
  }

  /** Record by record, each counted before it is touched: finds what kills the process without a trace. */
  async function commitCarefully(slice: Slice, start: string): Promise<void> {
    const { topic, partition, records } = slice;
    let assigned = start;
    for (let i = 0; i < records.length; i++) {
      const record = records[i] as LogRecord;
      const nextOffset = records[i + 1]?.offset ?? slice.nextOffset;
      const attempt = positionOf(parts.logName, topic, partition, record.offset);
      const tries = await store.write((tx) => tx.countAttempt(attempt));
      const [before, after] = [assigned, assignment(topic, partition, nextOffset)];
      const bookkeeping = async (tx: StoreTx): Promise<void> => {
        await tx.clearAttempt(attempt);
        // The next start, should there be one before this batch is through, has to be careful too.
        await tx.clearAttempt(before);
        for (let n = 0; n < MAX_ATTEMPTS; n++) await tx.countAttempt(after);
      };
      const one: Slice = { ...slice, records: [record], nextOffset, bookkeeping, tries };
      if (tries > MAX_ATTEMPTS) await commitBroken(one, attempt, tries - 1, 'without a trace');
      else await tryCommit(one);
      assigned = after;
    }
    await store.write((tx) => tx.clearAttempt(assigned));
  }

  /** Name of the attempt that an assignment at this offset counts. */
  function assignment(topic: string, partition: number, offset: number): string {
    return `${positionOf(parts.logName, topic, partition, offset)} assigned`;
  }

  return {
    consumed: () => ({ ...total }),

    async assign(topic, partition) {
      const { epoch, nextOffset, tries, attempt } = await store.write(async (tx) => {
        const position = await tx.raiseEpoch(topic, partition);
        const name = assignment(topic, partition, position.nextOffset ?? 0);
        return { ...position, attempt: name, tries: await tx.countAttempt(name) };
      });
      const careful = tries > MAX_ATTEMPTS;
      if (careful) logger.warn({ topic, partition, tries }, 'several starts without progress: the next batch goes record by record');
      fresh.set(`${topic}/${partition}`, { attempt, careful });
      return { epoch, nextOffset };
    },

    async batch(batch, keepAlive) {
      const name = `${batch.topic}/${batch.partition}`;
      for (const slice of slices(batch)) {
        const first = fresh.get(name);
        if (first?.careful) await commitCarefully(slice, first.attempt);
        else await tryCommit({ ...slice, bookkeeping: first && ((tx) => tx.clearAttempt(first.attempt)) });
        if (first) fresh.delete(name);
        metrics.lag(batch.topic, batch.partition, Math.max(0, batch.highWatermark - slice.nextOffset));
        await keepAlive();
      }
    },

    async rest() {
      const unread = [...fresh.values()];
      fresh.clear();
      if (unread.length === 0) return;
      await store.write(async (tx) => {
        for (const { attempt } of unread) await tx.clearAttempt(attempt);
      });
    },

    async gap(topic, partition, expected, oldest) {
      const at = clock.now();
      await store.write(async (tx) => {
        await tx.putGap({ topic, partition, expected, oldest, at });
        await tx.appendChange(['sources'], at);
      });
      logger.error(
        { topic, partition, expected, oldest, code: 'gap' },
        'the log no longer has our next record: events were lost before we read them',
      );
      parts.committed(['sources'], at);
    },
  };
}

/** A batch in transactions of bounded size. Even an empty batch is one: its offsets may have moved past markers. */
function* slices(batch: LogBatch): Generator<Slice> {
  const { topic, partition, epoch, records } = batch;
  for (let from = 0; from === 0 || from < records.length; from += MAX_RECORDS_PER_COMMIT) {
    const to = from + MAX_RECORDS_PER_COMMIT;
    const next = records[to];
    const part = records.length <= MAX_RECORDS_PER_COMMIT ? records : records.slice(from, to);
    yield { topic, partition, epoch, records: part, nextOffset: next ? next.offset : batch.nextOffset };
  }
}
