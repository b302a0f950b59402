/**
 * Where a partition continues: the store's position compared with the log as it is now [I3, I12].
 * A client library would set an offset out of range to the log's beginning or end without a word.
 */
import type { GapCause, LogGap, Position } from '../ports/log.ts';

/** A partition of a log as its adapter found it. */
export interface LogBounds {
  /** Identity of the log, its road first: `topic <id>`, `store <id>`; null = the log gives none. */
  readonly logId: string | null;
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
  readonly gap: { readonly expected: number; readonly oldest: number; readonly cause: GapCause } | null;
}

export function startOf(stored: Pick<Position, 'nextOffset' | 'logId'>, log: LogBounds): Start {
  const { nextOffset } = stored;
  const { oldest } = log;
  const expected = nextOffset ?? 0;
  if (isAnotherLog(stored.logId, log.logId)) {
    // A name that another road used before says nothing about this log.
    const gap = sameRoad(stored.logId, log.logId) ? ({ expected, oldest, cause: 'new_log' } as const) : null;
    return { from: oldest, anew: true, gap };
  }
  if (nextOffset === null) return { from: oldest, anew: false, gap: null };
  // The log ends below our offset: on from there, its next records would be skipped as known.
  if (nextOffset > log.end) return { from: oldest, anew: true, gap: { expected, oldest, cause: 'new_log' } };
  if (nextOffset < oldest) return { from: oldest, anew: false, gap: { expected, oldest, cause: 'lost' } };
  return { from: nextOffset, anew: false, gap: null };
}

/** Without an identity on either side the offsets alone decide. */
export function isAnotherLog(known: string | null, found: string | null): boolean {
  return known !== null && found !== null && known !== found;
}

/** One sentence for people. */
export function gapInWords({ topic, partition, expected, oldest, cause }: LogGap): string {
  const name = `${topic}/${partition}`;
  if (cause === 'lost') return `${oldest - expected} records of ${name} from ${expected} on are gone from the log before they were read.`;
  return `The topic of ${name} was made anew or cut short after it had been read up to ${expected}: it is read from its start (${oldest}); what the old one held beyond ${expected} is lost.`;
}

function sameRoad(known: string | null, found: string | null): boolean {
  return known?.split(' ')[0] === found?.split(' ')[0];
}
