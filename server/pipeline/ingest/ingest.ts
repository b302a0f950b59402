/**
 * Consumption: takes batches of a log and makes them true, in transactions that partitions share.
 *
 * What may go wrong, and then [I9]: infrastructure (`Unavailable`) and lost partitions
 * (`Fenced`) pass to the caller, who tries again or lets go. Data the store refuses, and
 * bugs, are hunted down by halving the slice, so that only the guilty record pays. A bug
 * ends the process; a record that did so three times is quarantined `reader_bug`.
 *
 * A crash that no catch can see (memory, a signal) is found at the next start without
 * costing the hot path anything: before it touches a partition's first batch, a process
 * counts an attempt at its position, and the first commit from there clears it. Three
 * attempts without a commit: from there it goes record by record, each one counted before
 * it is touched, until a whole batch is through.
 */
import { createBadRecordBreaker } from './bad-record-breaker.ts';
import { positionOf, type Consumed } from './consume-chunk.ts';
import { createConsumption, type ConsumptionParts } from './consumption.ts';
import { consumptions, noCounts, type Counts } from './consumed.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import { BadData, Fenced, Unavailable } from '../ports/errors.ts';
import type { LogGap, LogHandler, LogRecord } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { slicesOf, type Slice } from './commit-unit.ts';

/** Tries of a record (or of the batch after an assignment) before it is treated as the cause. */
export const MAX_ATTEMPTS = 3;

export interface IngestParts extends ConsumptionParts {
  /** For what no screen shows: epochs and attempts. */
  readonly store: Pick<Store, 'write'>;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'events' | 'quarantined' | 'batchCommitted' | 'lag'>;
  /** Stops a topic of the consumer [I10]. */
  readonly pause: (topic: string, reason: string, detail: string) => void;
}

export interface Ingest extends LogHandler {
  /** Since the process started. */
  consumed(): Readonly<Counts>;
  /** After the consumer has stopped: takes back the attempts of batches that did not get through. A clean stop is no crash. */
  rest(): Promise<void>;
}

/** A partition between its first assignment and its first commit after that. */
interface Fresh {
  readonly attempt: string;
  /** Starts that came as far as a batch here, this one included; null before. */
  tries: number | null;
}

export function createIngest(parts: IngestParts): Ingest {
  const { store, logger, metrics, clock } = parts;
  const total = noCounts();
  const breaker = createBadRecordBreaker();
  const fresh = new Map<string, Fresh>();
  const consume = createConsumption(parts);
  const commitInGroup = createGroupCommit({ together: commit, alone: tryCommit, around: commitAround });

  async function commit(slices: readonly Slice[], leaving?: () => void): Promise<void> {
    const started = clock.monotonic();
    const consumed = await consume(slices, leaving);
    metrics.batchCommitted(
      (clock.monotonic() - started) / 1_000,
      slices.reduce((sum, { records }) => sum + records.length, 0),
    );
    for (const [i, done] of consumed.entries()) report((slices[i] as Slice).topic, done);
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
    const now = clock.monotonic();
    let stop = false;
    for (const bad of done.verdicts) stop = breaker.record(topic, bad, now) || stop;
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
      await commit([slice]);
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
      return commit([{ ...slice, refused: { code: 'invalid_data', message: `the store refused it: ${message}` } }]);
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
    await commit([{ ...slice, bookkeeping, refused }]);
  }

  /** The first after an assignment, which may be where the last start ended. */
  async function commitFirst(slice: Slice, first: Fresh): Promise<void> {
    const { topic, partition } = slice;
    first.tries ??= await store.write((tx) => tx.countAttempt(first.attempt));
    if (first.tries <= MAX_ATTEMPTS) return tryCommit({ ...slice, bookkeeping: (tx) => tx.clearAttempt(first.attempt) });
    logger.warn({ topic, partition, tries: first.tries }, 'several starts without progress: this batch goes record by record');
    return commitCarefully(slice, first.attempt);
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

  /** A gap, if there is one, with what else belongs into its transaction. */
  async function putGap(gap: LogGap | null, logId: string | null, also: (tx: StoreTx) => Promise<void>): Promise<void> {
    await parts.commit(async (tx, touch, at) => {
      await also(tx);
      if (!gap) return;
      await tx.putGap({ ...gap, logId, at });
      touch('sources');
    });
    if (gap) logger.error({ ...gap, code: 'gap' }, 'events may have been lost before they were read');
  }

  /** Name of the attempt that a start at this offset counts. */
  function assignment(topic: string, partition: number, offset: number): string {
    return `${positionOf(parts.logName, topic, partition, offset)} assigned`;
  }

  return {
    consumed: () => ({ ...total }),

    async assign(topic, partition) {
      const position = await store.write((tx) => tx.raiseEpoch(topic, partition));
      const attempt = assignment(topic, partition, position.nextOffset ?? 0);
      const name = `${topic}/${partition}`;
      // The group may move a partition as often as it likes: that is no crash.
      if (fresh.get(name)?.attempt !== attempt) fresh.set(name, { attempt, tries: null });
      return position;
    },

    async batch(batch, keepAlive) {
      const { topic, partition } = batch;
      const name = `${topic}/${partition}`;
      for (const slice of slicesOf(batch)) {
        const first = fresh.get(name);
        if (first) await commitFirst(slice, first);
        else await commitInGroup(slice);
        if (first) fresh.delete(name);
        metrics.lag(topic, partition, Math.max(0, batch.highWatermark - slice.nextOffset));
        await keepAlive();
      }
    },

    async rest() {
      const begun = [...fresh.values()].filter(({ tries }) => tries !== null);
      fresh.clear();
      if (begun.length === 0) return;
      await store.write(async (tx) => {
        for (const { attempt } of begun) await tx.clearAttempt(attempt);
      });
    },

    async settle({ gap, ...binding }) {
      const { topic, partition, logId, anew } = binding;
      await putGap(gap, logId, (tx) => tx.bindLog(binding));
      if (anew) fresh.set(`${topic}/${partition}`, { attempt: assignment(topic, partition, 0), tries: null });
    },

    gap: (gap) => putGap(gap, null, async () => undefined),
  };
}
