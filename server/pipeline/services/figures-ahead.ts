/**
 * The figures of the running month, asked for when the server has started and when a business day begins: the ledger carries
 * on from there what was asked before, so that the first person who asks waits for what is new, and not for a month of rows.
 */
import { periodOf } from '../../domain/time/period.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import { Unavailable } from '../ports/errors.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Timers } from '../ports/timers.ts';
import type { KpiService } from './services.ts';

/** After a start the line and the first screens come first. */
const FIRST_MS = 3_000;
const AGAIN_MS = 10_000;

export interface FiguresAheadParts {
  readonly kpis: KpiService;
  readonly ledger: Pick<Ledger, 'status'>;
  readonly calendar: Pick<Calendar, 'dayOf'>;
  readonly clock: Pick<ClockPort, 'now'>;
  readonly timers: Timers;
}

export interface FiguresAhead {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): void;
}

export function createFiguresAhead({ kpis, ledger, calendar, clock, timers }: FiguresAheadParts): FiguresAhead {
  const ended = Promise.withResolvers<void>();
  let cancel = (): void => undefined;
  let stopped = false;
  let askedOn: number | undefined;

  async function ask(): Promise<void> {
    const day = calendar.dayOf(clock.now());
    // A ledger that is behind has the rows of a busy line to move.
    if (day === askedOn || ledger.status().state !== 'ready') return;
    const month = periodOf('month', day);
    try {
      await kpis.query({ grain: 'month', period: month.name, kpis: [], by: null, where: [], asOf: null, knownAt: null });
      askedOn = day;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }

  function askIn(ms: number): void {
    if (stopped) return;
    cancel = timers.after(ms, () => {
      ask().then(() => askIn(AGAIN_MS), ended.reject);
    });
  }

  return {
    run() {
      askIn(FIRST_MS);
      return ended.promise;
    },
    stop() {
      stopped = true;
      cancel();
      ended.resolve();
    },
  };
}
