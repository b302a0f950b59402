/**
 * What silences the streams are used to [S3], learnt from the ledger, and for competitors' moves, which have no rows there,
 * from the facts. It is asked for by every heartbeat, so it is kept in memory and learnt again now and then.
 */
import { streams } from '../../../shared/wire/constants.ts';
import type { Stream } from '../../../shared/wire/freshness.ts';
import type { FamilyName } from '../../domain/ledger/registry.ts';
import { silencesOf, usualAt, type Silence } from '../../domain/silences.ts';
import { streamFacts } from '../../domain/stream-life.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import { Unavailable } from '../ports/errors.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import type { StoreReads } from '../ports/reads.ts';
import { createTimedLoop, type TimedLoop } from '../ports/timed-loop.ts';
import type { Timers } from '../ports/timers.ts';

const LOOK_BACK_MS = 56 * 86_400_000;
const AGAIN_MS = 6 * 3_600_000;
/** After a start the line and the first screens come first. */
const FIRST_MS = 20_000;
const RETRY_MS = 60_000;
const MOVES_MOST = 5_000;

const families: Readonly<Record<Exclude<Stream, 'competitors'>, FamilyName>> = {
  orders: 'sales',
  mentions: 'mentions',
  leads: 'leads',
  spend: 'spend',
};

export interface UsualSilencesParts {
  readonly ledger: Pick<LedgerReads, 'silences'>;
  readonly reads: Pick<StoreReads, 'facts'>;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  readonly timers: Timers;
}

/** `run` rejects on a bug. */
export interface UsualSilences extends TimedLoop {
  /** ms; null while too little is known of the hour. */
  at(stream: Stream, instant: number): number | null;
}

export function createUsualSilences({ ledger, reads, calendar, clock, timers }: UsualSilencesParts): UsualSilences {
  const learnt = new Map<Stream, readonly Silence[]>();

  async function learn(stream: Stream): Promise<readonly Silence[]> {
    const to = clock.now();
    const from = to - LOOK_BACK_MS;
    if (stream !== 'competitors') {
      return ledger.silences({ family: families[stream], from, to, liveWithinMs: streamFacts[stream].liveWithinMs });
    }
    const moves = await reads.facts({ kind: 'move', from, to, limit: MOVES_MOST });
    return silencesOf(
      moves.map(({ columns }) => columns.at).toSorted((a, b) => a - b),
      (ms) => calendar.hourBucket(ms),
    );
  }

  async function learnAll(): Promise<number> {
    try {
      for (const stream of streams) learnt.set(stream, await learn(stream));
      return AGAIN_MS;
    } catch (error) {
      // What was learnt before stays; the ledger may be written anew just now.
      if (!(error instanceof Unavailable)) throw error;
      return RETRY_MS;
    }
  }

  return {
    ...createTimedLoop({ timers, firstMs: FIRST_MS, work: learnAll }),
    at: (stream, instant) => usualAt(learnt.get(stream) ?? [], calendar.hourBucket(instant)),
  };
}
