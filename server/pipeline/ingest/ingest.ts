/**
 * Consumption: commits what sources have fetched, in transactions that partitions share.
 * Records that cannot be committed are isolated (`isolate.ts`).
 *
 * A crash that no catch can see (memory, a signal) is found at the next start without costing
 * the hot path anything: before it touches a partition's first records, a process counts an
 * attempt at their position, and the first commit from there clears it. After three attempts
 * without a commit the records go one by one, each counted before it is touched, until the
 * unit is committed. No other partition commits between the two: a process that another
 * partition's record brings down, or that somebody kills, must not be held against this one.
 */
import { createBadRecordBreaker } from './bad-record-breaker.ts';
import { oneByOne, takeUnits, type CommitUnit, type FeedReader } from './commit-unit.ts';
import { positionOf, type Consumed } from './consume-chunk.ts';
import { consumeUnits, type ConsumeParts } from './consume-units.ts';
import { consumptions, noCounts, type Counts } from './consumed.ts';
import { createGroupCommit } from './group-commit.ts';
import { createIsolation, MAX_ATTEMPTS } from './isolate.ts';
import { createSharedTurns } from './shared-turns.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { LogGap, LogHandler, LogRecord } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { StoreTx } from '../ports/transaction.ts';

export interface IngestParts extends ConsumeParts {
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
  /** To be called after the consumer has stopped: takes back the attempts of records that were not committed. A clean stop is no crash. */
  rest(): Promise<void>;
}

/** A partition between its first assignment and its first commit after that. */
interface Fresh {
  readonly attempt: string;
  /** Starts that came as far as records of this partition, this one included; null before. */
  tries: number | null;
}

export function createIngest(parts: IngestParts): Ingest {
  const { store, logger, metrics, clock } = parts;
  const total = noCounts();
  const breaker = createBadRecordBreaker();
  const fresh = new Map<string, Fresh>();
  const isolation = createIsolation({ store, logger, logName: parts.logName, commit });
  const commitNext = createGroupCommit({ together: commit, alone: isolation.commit, around: isolation.commitAround });
  const turns = createSharedTurns();

  async function commit(units: readonly CommitUnit[], onReleased?: () => void): Promise<void> {
    const started = clock.monotonic();
    const consumed = await consumeUnits(parts, units, onReleased);
    metrics.batchCommitted(
      (clock.monotonic() - started) / 1_000,
      units.reduce((sum, { records }) => sum + records.length, 0),
    );
    consumed.forEach((done, i) => report(units[i]?.topic ?? '', done));
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

  /** The first unit after an assignment, which may be where the last process ended. */
  async function commitFirst(unit: CommitUnit, first: Fresh): Promise<void> {
    const { topic, partition } = unit;
    first.tries ??= await store.write((tx) => tx.countAttempt(first.attempt));
    if (first.tries <= MAX_ATTEMPTS)
      return turns.shared(() => isolation.commit({ ...unit, bookkeeping: (tx) => tx.clearAttempt(first.attempt) }));
    logger.warn({ topic, partition, tries: first.tries }, 'several starts without progress: these records go one by one');
    return commitOneByOne(unit, first.attempt);
  }

  /** Record by record, each counted before it is touched: finds what kills the process without a trace. */
  async function commitOneByOne(unit: CommitUnit, start: string): Promise<void> {
    const { topic, partition } = unit;
    let assigned = start;
    for (const one of oneByOne(unit)) {
      const attempt = positionOf(parts.logName, topic, partition, (one.records[0] as LogRecord).offset);
      const [before, after] = [assigned, assignment(topic, partition, one.nextOffset)];
      const bookkeeping = async (tx: StoreTx): Promise<void> => {
        await tx.clearAttempt(attempt);
        // Should the process end before the unit is committed, the next start has to be careful too.
        await tx.clearAttempt(before);
        for (let n = 0; n < MAX_ATTEMPTS; n++) await tx.countAttempt(after);
      };
      await turns.exclusive(async () => {
        const tries = await store.write((tx) => tx.countAttempt(attempt));
        const counted: CommitUnit = { ...one, bookkeeping, tries };
        if (tries > MAX_ATTEMPTS) await isolation.commitBroken(counted, attempt, tries - 1, 'without a trace');
        else await isolation.commit(counted);
      });
      assigned = after;
    }
    await store.write((tx) => tx.clearAttempt(assigned));
  }

  /** Commits the reader's next records, alone after an assignment, otherwise together with other partitions. */
  async function commitUnit(reader: FeedReader, name: string): Promise<CommitUnit> {
    const first = fresh.get(name);
    if (!first) return turns.shared(() => commitNext(reader));
    const [unit] = takeUnits([reader]);
    if (!unit) throw new Error('a feed without batches was to be committed');
    await commitFirst(unit, first);
    fresh.delete(name);
    return unit;
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

    async consume(feed) {
      const reader: FeedReader = { feed, position: -Infinity };
      for (let last = feed.batches.at(-1); last; last = feed.batches.at(-1)) {
        const { topic, partition, highWatermark } = last;
        const { nextOffset } = await commitUnit(reader, `${topic}/${partition}`);
        reader.position = nextOffset;
        metrics.lag(topic, partition, Math.max(0, highWatermark - nextOffset));
        if (!feed.stored(nextOffset)) return;
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
