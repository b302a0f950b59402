/**
 * Consumption: commits what sources have fetched, in transactions that partitions share.
 * Records that cannot be committed are isolated (`isolate.ts`).
 *
 * A crash that no catch can see (memory, a signal) is found at the next start without costing
 * the hot path anything: before it touches a partition's first records, a process counts an
 * attempt at their position, and the first commit from there clears it. Every start that gets
 * nowhere makes the next one take fewer records at once. After three attempts without a commit
 * as many as the third one took go one by one, each counted before it is touched, until the
 * unit is committed. No other partition commits meanwhile: what another partition's record does
 * to the process must not be held against this one.
 */
import type { Topic } from '../../../shared/events/define.ts';
import { createBadRecordBreaker } from './bad-record-breaker.ts';
import { COMMIT_LIMITS, oneByOne, takeUnits, type CommitLimits, type CommitUnit, type FeedReader } from './commit-unit.ts';
import { positionOf, type Consumed } from './consume-chunk.ts';
import { consumeUnits, type ConsumeParts } from './consume-units.ts';
import { consumptions, noCounts, type Counts } from './consumed.ts';
import { createGroupCommit } from './group-commit.ts';
import { createIsolation, MAX_ATTEMPTS } from './isolate.ts';
import { createSharedTurns } from './shared-turns.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { LogGap, LogHandler } from '../ports/log.ts';
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

/** The topic of mentions. */
const MENTIONS: Topic = 'sentiment';

/** A partition between its first assignment and its first commit after that. */
interface Fresh {
  /** Names the attempt at its next record; moves on with every record that is committed alone. */
  attempt: string;
  /** Starts that came as far as records of this partition, this one included; null before. */
  tries: number | null;
  /** Up to this offset any record may have ended the processes before. Absent until its first records are taken. */
  until?: number;
  /** The record this process has counted last and not committed: a store that was away or a partition that moved is no crash. */
  record?: Counted | undefined;
}
interface Counted {
  readonly attempt: string;
  readonly tries: number;
}

/** Records that are committed together at the first start that comes to them, at the second and at the third. */
const RECORDS_AT_START = [COMMIT_LIMITS.records, 1_000, 125] as const;
/**
 * Records that go one by one before other partitions get their turn and the source hears of it, which takes a long silence
 * for a standstill: every partition may have to be careful at once.
 */
const CAREFUL_LIMITS: CommitLimits = { ...COMMIT_LIMITS, records: 32 };

/** Mentions behind the end of their log up to which they count as live: with more, an alarm is late already. */
const LIVE_MENTIONS = 100;

/** Mentions that have just come: one of them may be an alarm, and must not wait for a backlog of orders. */
function isLive({ feed: { batches }, position }: FeedReader): boolean {
  const [first, last] = [batches[0], batches.at(-1)];
  if (!first || last?.topic !== MENTIONS) return false;
  const from = Math.max(position, first.records[0]?.offset ?? first.nextOffset);
  return last.highWatermark - from <= LIVE_MENTIONS;
}

export function createIngest(parts: IngestParts): Ingest {
  const { store, logger, metrics, clock } = parts;
  const total = noCounts();
  const breaker = createBadRecordBreaker();
  const fresh = new Map<string, Fresh>();
  const isolation = createIsolation({ store, logger, logName: parts.logName, commit: async (units) => void (await commit(units)) });
  const commitNext = createGroupCommit({ together: commit, alone: isolation.commit, around: isolation.commitAround, isUrgent: isLive });
  const turns = createSharedTurns();

  async function commit(units: readonly CommitUnit[], onReleased?: () => void, endsEarly?: () => boolean): Promise<readonly CommitUnit[]> {
    const started = clock.monotonic();
    const consumed = await consumeUnits(parts, units, onReleased, endsEarly);
    const committed = consumed.map(({ unit }) => unit);
    metrics.batchCommitted(
      (clock.monotonic() - started) / 1_000,
      committed.reduce((sum, { records }) => sum + records.length, 0),
    );
    for (const done of consumed) report(done.unit.topic, done);
    return committed;
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

  /** The next unit after an assignment, which may be where the last process ended. */
  async function commitFirst(reader: FeedReader, name: string, first: Fresh): Promise<CommitUnit> {
    first.tries ??= await store.write((tx) => tx.countAttempt(first.attempt));
    const { tries } = first;
    const careful = tries > MAX_ATTEMPTS;
    if (first.until === undefined) {
      if (careful) logger.warn({ partition: name, tries }, 'several starts without progress: the next records go one by one');
      first.until = nextUnit(reader, careful ? limitsAt(MAX_ATTEMPTS) : COMMIT_LIMITS).nextOffset;
    }
    const unit = nextUnit(reader, careful ? CAREFUL_LIMITS : limitsAt(tries));
    const done = unit.nextOffset >= first.until;
    if (careful) {
      await turns.exclusive(() => commitOneByOne(unit, first));
      if (done) await store.write((tx) => tx.clearAttempt(first.attempt));
    } else {
      const [before, after] = [first.attempt, assignment(unit.topic, unit.partition, unit.nextOffset)];
      const bookkeeping = async (tx: StoreTx): Promise<void> => {
        await tx.clearAttempt(before);
        // The next start goes on with fewer records at once until all these are committed.
        if (!done) for (let n = 0; n < tries; n++) await tx.countAttempt(after);
      };
      await turns.shared(() => isolation.commit({ ...unit, bookkeeping }));
      first.attempt = after;
    }
    if (done) fresh.delete(name);
    return unit;
  }

  /**
   * Record by record, each counted before it is touched: finds what kills the process without a trace. The first record is
   * counted by itself, each other one in the transaction that commits the one before it.
   */
  async function commitOneByOne(unit: CommitUnit, first: Fresh): Promise<void> {
    const named = oneByOne(unit).map((one) => ({ one, attempt: attemptOf(one) }));
    for (const [i, { one, attempt }] of named.entries()) {
      if (first.record?.attempt !== attempt) first.record = { attempt, tries: await store.write((tx) => tx.countAttempt(attempt)) };
      const { tries } = first.record;
      const [before, after, next] = [first.attempt, assignment(one.topic, one.partition, one.nextOffset), named[i + 1]?.attempt];
      let counted: Counted | undefined;
      const bookkeeping = async (tx: StoreTx): Promise<void> => {
        await tx.clearAttempt(attempt);
        // Should the process end before the unit is committed, the next start has to be careful too.
        await tx.clearAttempt(before);
        for (let n = 0; n < MAX_ATTEMPTS; n++) await tx.countAttempt(after);
        if (next !== undefined) counted = { attempt: next, tries: await tx.countAttempt(next) };
      };
      const alone: CommitUnit = { ...one, bookkeeping, tries };
      if (tries > MAX_ATTEMPTS) await isolation.commitBroken(alone, attempt, tries - 1, 'without a trace');
      else await isolation.commit(alone);
      first.attempt = after;
      first.record = counted;
    }
  }

  /** Commits the reader's next records, alone after an assignment, otherwise together with other partitions. */
  function commitUnit(reader: FeedReader, name: string): Promise<CommitUnit> {
    const first = fresh.get(name);
    return first ? commitFirst(reader, name, first) : turns.shared(() => commitNext(reader));
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

  /** Name of the attempt at the only record of a unit. */
  function attemptOf({ topic, partition, records: [record], nextOffset }: CommitUnit): string {
    return positionOf(parts.logName, topic, partition, record?.offset ?? nextOffset);
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
        for (const { attempt, record } of begun) {
          await tx.clearAttempt(attempt);
          if (record) await tx.clearAttempt(record.attempt);
        }
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

function limitsAt(start: number): CommitLimits {
  return { ...COMMIT_LIMITS, records: RECORDS_AT_START[start - 1] ?? RECORDS_AT_START[MAX_ATTEMPTS - 1] ?? 1 };
}

function nextUnit(reader: FeedReader, limits?: CommitLimits): CommitUnit {
  const [unit] = takeUnits([reader], limits);
  if (!unit) throw new Error('a feed without batches was to be committed');
  return unit;
}
