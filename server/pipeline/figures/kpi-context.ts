/** What a KPI is asked in: the period, the moments it is cut at, and the policies and targets in force then. */
import type { KpiContext } from '../../domain/kpis/definition.ts';
import { targetBook } from '../../domain/targets/book.ts';
import { readingsBook } from '../../domain/targets/readings-book.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { elapsedShare, type Period } from '../../domain/time/period.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { AsOf } from '../ports/ledger.ts';
import type { StoreReads } from '../ports/reads.ts';

export interface ContextParts {
  readonly reads: Pick<StoreReads, 'policies' | 'policyHistory' | 'targets'>;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
}

/** UTC ms; null = now. */
export interface Moments {
  readonly asOf: number | null;
  readonly knownAt: number | null;
}

/** Contexts of one question: any number of periods, one state of policies and targets. */
export interface Contexts {
  /** UTC ms. */
  readonly asOf: number;
  /** Of the rows of the ledger (R21). Events up to two minutes ahead are accepted, so “now” cuts too. */
  readonly cut: AsOf;
  /** @param asOf of this period, where it is looked at as of another moment than the question's: the base of a comparison */
  of(period: Period, dimensions: readonly string[], asOf?: number): KpiContext;
}

export async function contextsOf({ reads, calendar, clock }: ContextParts, moments: Moments): Promise<Contexts> {
  const now = clock.now();
  const asOf = moments.asOf ?? now;
  const knownAt = moments.knownAt !== null && moments.knownAt < now ? moments.knownAt : null;
  const [policies, targets, history] = await Promise.all([reads.policies(), reads.targets(), reads.policyHistory('readings')]);
  const rules = readingsBook(history, calendar, moments.knownAt ?? now);
  const book = targetBook(targets, now);
  return {
    asOf,
    cut: knownAt === null ? { asOf } : { asOf, knownAt },
    of: (period, dimensions, at = asOf) => ({
      ...{ calendar, period, dimensions },
      asOf: at,
      elapsed: elapsedShare(calendar, period, at),
      brands: policies.brands,
      targets: book,
      readings: rules.on(period.from).readings,
      readingsBook: rules,
    }),
  };
}
