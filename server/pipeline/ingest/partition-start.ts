/**
 * Where a partition continues: the store's position compared with the log as it is now [I3, I12].
 * A client library would set an offset out of range to the log's beginning or end without a word.
 */
import type { GapCause, LogGap, Position } from '../ports/log.ts';

/** A partition of a log as its adapter found it. */
export interface LogBounds {
  /** The road that the log belongs to, which is the first word of its identity. */
  readonly road: 'store' | 'topic';
  /** Identity of the log, its road first: `topic <id>`, `store <id>`; null = the log gives none. */
  readonly logId: string | null;
  /**
   * Of a position that is bound to a record: whether the log holds that record at its offset. null = that cannot be
   * told, because the position is bound to no record or the log keeps nothing at its offset any more.
   */
  readonly holdsRecord: boolean | null;
  /** Oldest offset kept. */
  readonly oldest: number;
  /** Offset the next record will get. */
  readonly end: number;
}

export interface Start {
  /** Offset to read first. */
  readonly from: number;
  /** The stored offset belongs to another log: everything is read, and what is known is a repeat [I4]. */
  readonly anew: boolean;
  /** The log never held a record: it counts as read to its end, which is 0. */
  readonly empty: boolean;
  readonly gap: { readonly expected: number; readonly oldest: number; readonly cause: GapCause } | null;
}

export function startOf(stored: Pick<Position, 'nextOffset' | 'logId'>, log: LogBounds): Start {
  const { nextOffset } = stored;
  const { oldest } = log;
  const expected = nextOffset ?? 0;
  const empty = log.end === 0;
  const otherRoad = stored.logId !== null && roadOf(stored.logId) !== log.road;
  if (otherRoad || isAnother(stored.logId, log)) {
    // A name that another road used before says nothing about this log, and a log that was empty when it was read to its
    // end took nothing with it.
    const lostNothing = otherRoad || nextOffset === 0;
    return { from: oldest, anew: true, empty, gap: lostNothing ? null : { expected, oldest, cause: 'new_log' } };
  }
  if (nextOffset === null) return { from: oldest, anew: false, empty, gap: null };
  // The log ends below our offset: on from there, its next records would be skipped as known.
  if (nextOffset > log.end) return { from: oldest, anew: true, empty, gap: { expected, oldest, cause: 'new_log' } };
  if (nextOffset < oldest) return { from: oldest, anew: false, empty, gap: { expected, oldest, cause: 'lost' } };
  return { from: nextOffset, anew: false, empty, gap: null };
}

/** Without an identity on either side nothing is known, and the offsets alone decide. */
export function isAnotherLog(known: string | null, found: string | null): boolean {
  return known !== null && found !== null && !isRecord(known) && known !== found;
}

/** Identity of a log that gives none: one of its records, by its offset and a digest of what it holds. */
export function recordIdentity(offset: number, digest: string): string {
  return `record ${offset} ${digest}`;
}

/** The offset of the record that a position is bound to; null when it is bound to none. */
export function boundOffset(logId: string | null): number | null {
  return logId !== null && isRecord(logId) ? Number(logId.split(' ')[1]) : null;
}

/** One sentence for people. */
export function gapInWords({ topic, partition, expected, oldest, cause }: LogGap): string {
  const name = `${topic}/${partition}`;
  if (cause === 'lost') return `${oldest - expected} records of ${name} from ${expected} on are gone from the log before they were read.`;
  return `The topic of ${name} was made anew or cut short after it had been read up to ${expected}: it is read from its start (${oldest}); what the old one held beyond ${expected} is lost.`;
}

function isAnother(known: string | null, { logId, holdsRecord }: LogBounds): boolean {
  return holdsRecord === null ? isAnotherLog(known, logId) : !holdsRecord;
}

function isRecord(logId: string): boolean {
  return logId.startsWith('record ');
}

/** The road of a log; only Kafka has logs that give no identity. */
export function roadOf(logId: string): string | undefined {
  return isRecord(logId) ? 'topic' : logId.split(' ')[0];
}
