/**
 * The figures of the running month, asked for when the server has started, when a business day begins and when the ledger's
 * engine has lost what it knew: the ledger carries on from there what was asked before, so that the first person who asks waits
 * for what is new, and not for a month of rows.
 */
import { periodOf } from '../../domain/time/period.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import { Unavailable } from '../ports/errors.ts';
import type { Ledger, LedgerStatus } from '../ports/ledger.ts';
import { createTimedLoop, type TimedLoop } from '../ports/timed-loop.ts';
import type { Timers } from '../ports/timers.ts';
import type { KpiService } from './services.ts';

/** After a start the line and the first screens come first. */
const FIRST_MS = 3_000;
const AGAIN_MS = 10_000;

export interface FiguresAheadParts {
  readonly kpis: KpiService;
  readonly ledger: Pick<Ledger, 'status'> & {
    /** Calls `listener` with every new status. */
    onStatus(listener: (status: LedgerStatus) => void): unknown;
  };
  readonly calendar: Pick<Calendar, 'dayOf'>;
  readonly clock: Pick<ClockPort, 'now'>;
  readonly timers: Timers;
}

/** `run` rejects on a bug. */
export function createFiguresAhead({ kpis, ledger, calendar, clock, timers }: FiguresAheadParts): TimedLoop {
  let askedOn: number | undefined;
  /** How often the engine has lost the sums it carried: they live in its process, and belong to the file it has open. */
  let losses = 0;

  ledger.onStatus(({ state }) => {
    if (state === 'ready' || state === 'catching_up') return;
    losses += 1;
    askedOn = undefined;
  });

  async function ask(): Promise<void> {
    const day = calendar.dayOf(clock.now());
    // A ledger that is behind has the rows of a busy line to move.
    if (day === askedOn || ledger.status().state !== 'ready') return;
    const month = periodOf('month', day);
    const lossesBefore = losses;
    try {
      await kpis.query({ grain: 'month', period: month.name, kpis: [], by: null, where: [], asOf: null, knownAt: null });
      if (losses === lossesBefore) askedOn = day;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }

  return createTimedLoop({ timers, firstMs: FIRST_MS, work: () => ask().then(() => AGAIN_MS) });
}
