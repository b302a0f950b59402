/**
 * Net sales of the running day or month beside those of the one before at the same elapsed time, and what orders and refunds
 * add to the difference (R27).
 */
import type { OverviewState } from '../../../../shared/wire/views/overview.ts';
import { fitting, minus } from '../../../domain/kpis/figures.ts';
import type { Exact } from '../../../domain/ledger/exact.ts';
import { baseAsOf } from '../../../domain/time/base-period.ts';
import { periodOf, previousPeriod, type Period } from '../../../domain/time/period.ts';
import type { SumQuestion } from '../../ports/ledger.ts';
import type { ViewParts } from './view-parts.ts';

export type AgainstBefore = OverviewState['today']['against'];

/** The period before is asked about moments a minute apart. */
const EVERY_MS = 60_000;

interface Sales {
  readonly paid: Exact;
  readonly refunded: Exact;
}

export function createAgainstBefore(
  { sums, calendar, clock }: Pick<ViewParts, 'sums' | 'calendar' | 'clock'>,
  grain: 'day' | 'month',
): () => Promise<AgainstBefore> {
  let base: { readonly key: string; readonly sales: Sales | undefined } | undefined;

  async function salesOf({ from, to }: Period, asOf: number): Promise<Sales | undefined> {
    const question: SumQuestion = { ask: 'sums', family: 'sales', unit: 'day', from, to, where: [], by: [], cut: { asOf } };
    const [row] = (await sums.sums([question]))[0] ?? [];
    return row && { paid: row.measures[0] ?? 0, refunded: row.measures[1] ?? 0 };
  }

  return async () => {
    const now = clock.now();
    const running = periodOf(grain, calendar.dayOf(now));
    const before = previousPeriod(running);
    const minute = Math.floor(now / EVERY_MS) * EVERY_MS;
    const key = `${before.name} ${minute}`;
    if (base?.key !== key) {
      const asOf = baseAsOf(calendar, running, before, Math.max(minute, calendar.startOfDay(running.from)));
      base = { key, sales: asOf === undefined ? undefined : await salesOf(before, asOf) };
    }
    // Nothing was sold by then: there is nothing to compare with.
    if (!base.sales) return null;
    const present = (await salesOf(running, now)) ?? { paid: 0, refunded: 0 };
    const [orders, refunds] = [fitting(minus(present.paid, base.sales.paid)), fitting(minus(base.sales.refunded, present.refunded))];
    return orders === null || refunds === null ? null : { orders, refunds };
  };
}
