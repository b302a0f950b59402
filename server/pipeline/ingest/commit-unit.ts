/**
 * The one place where records are cut and joined. Sources hand in batches as they were
 * fetched; a transaction takes as many records as it should have, from as many partitions as
 * wait, and works through them in chunks.
 */
import type { Rejection } from '../../../shared/events/outcomes.ts';
import type { LogFeed, LogRecord } from '../ports/log.ts';
import type { StoreTx } from '../ports/transaction.ts';

/** Bounds of one transaction over all its partitions: how long other writers wait, how much a crash repeats, how much is held. */
export interface CommitLimits {
  readonly records: number;
  /** Total size of the values. */
  readonly bytes: number;
}
export const COMMIT_LIMITS: CommitLimits = { records: 8_000, bytes: 4 * 1024 * 1024 };

/**
 * Of a transaction that holds records somebody waits for: a tenth of a second at most, with the others that wait. They pay for
 * one more commit.
 */
export const URGENT_LIMITS: CommitLimits = { ...COMMIT_LIMITS, records: 512 };

/** Enough to make a message to the store worth its cost, few enough to be garbage before young objects are collected. */
export const RECORDS_PER_CHUNK = 128;

/** Records of one partition that are committed together. */
export interface CommitUnit {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
  readonly records: readonly LogRecord[];
  /** Stored next offset once these records are committed. */
  readonly nextOffset: number;
  /** Changes of the attempt counters that belong into the same transaction. */
  readonly bookkeeping?: ((tx: StoreTx) => Promise<void>) | undefined;
  /** Set for a single record that is known to fail: it is quarantined with this reason and not decoded. */
  readonly refused?: Pick<Rejection, 'code' | 'message'> | undefined;
  /** Tries already counted for a single record. */
  readonly tries?: number | undefined;
}

/** A feed, and how far it has been committed. */
export interface FeedReader {
  readonly feed: LogFeed;
  /** Next offset to take. */
  position: number;
}

/**
 * The next records of each reader, in their order, until the transaction is full: one unit for each of the first
 * readers. The first reader always gives something, however large its first record is.
 */
export function takeUnits(readers: readonly FeedReader[], limits: CommitLimits = COMMIT_LIMITS): readonly CommitUnit[] {
  const units: CommitUnit[] = [];
  let { records, bytes } = limits;
  for (const reader of readers) {
    const taken = takeUnit(reader, { records, bytes }, units.length === 0);
    if (!taken) break;
    units.push(taken.unit);
    records -= taken.unit.records.length;
    bytes -= taken.bytes;
  }
  return units;
}

/**
 * undefined when the feed is empty or not even its first record fits. A batch without records is a unit too: its end may lie beyond offsets that hold
 * none, such as transaction markers.
 */
function takeUnit(
  { feed, position }: FeedReader,
  limits: CommitLimits,
  always: boolean,
): { readonly unit: CommitUnit; readonly bytes: number } | undefined {
  const [first] = feed.batches;
  if (!first) return undefined;
  const { topic, partition, epoch } = first;
  const records: LogRecord[] = [];
  let bytes = 0;
  let nextOffset = position;
  const taken = () => ({ unit: { topic, partition, epoch, records, nextOffset }, bytes });
  for (const batch of feed.batches) {
    for (const record of batch.records) {
      if (record.offset < position) continue;
      const size = record.value?.length ?? 0;
      if (records.length === 0 ? !always && !fits(1, size) : !fits(records.length + 1, bytes + size)) {
        if (records.length === 0) return undefined;
        nextOffset = record.offset;
        return taken();
      }
      records.push(record);
      bytes += size;
    }
    nextOffset = batch.nextOffset;
  }
  return taken();

  function fits(count: number, size: number): boolean {
    return count <= limits.records && size <= limits.bytes;
  }
}

/** Both halves of a unit of at least two records; its bookkeeping belongs to the first. */
export function halve(unit: CommitUnit): readonly [CommitUnit, CommitUnit] {
  const { records } = unit;
  const half = records.length >> 1;
  return [
    { ...unit, records: records.slice(0, half), nextOffset: records[half]?.offset ?? unit.nextOffset },
    { ...unit, records: records.slice(half), bookkeeping: undefined },
  ];
}

/** What is committed of these units when everything from one record of the unit `at` on is left for another transaction. */
export function cutBefore(units: readonly CommitUnit[], at: number, first: LogRecord): readonly CommitUnit[] {
  return units.map((unit, i) => {
    if (i < at || unit.records.length === 0) return unit;
    const end = i === at ? unit.records.indexOf(first) : 0;
    return { ...unit, records: unit.records.slice(0, end), nextOffset: unit.records[end]?.offset ?? unit.nextOffset };
  });
}

/** A unit for each record, without bookkeeping. */
export function oneByOne(unit: CommitUnit): readonly CommitUnit[] {
  const { records } = unit;
  return records.map((record, i) => ({
    ...unit,
    records: [record],
    nextOffset: records[i + 1]?.offset ?? unit.nextOffset,
    bookkeeping: undefined,
  }));
}

/** Records of one unit that are decoded, looked up and folded together. */
export interface RecordChunk {
  readonly unitIndex: number;
  readonly records: readonly LogRecord[];
}

/** Chunks of a unit are equally long: a short rest would cost as much around it as a whole one. */
export function chunksOf(units: readonly CommitUnit[], most: number = RECORDS_PER_CHUNK): readonly RecordChunk[] {
  return units.flatMap(({ records }, unitIndex) => {
    const count = Math.ceil(records.length / most);
    const length = Math.ceil(records.length / count);
    return Array.from({ length: count }, (_, i) => ({ unitIndex, records: records.slice(i * length, (i + 1) * length) }));
  });
}
