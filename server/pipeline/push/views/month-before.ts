/** How final the month before the running one is, and what later facts changed in its net sales since it closed [I7]. */
import type { Attainment } from '../../../../shared/wire/views/overview.ts';
import { fitting, minus } from '../../../domain/kpis/figures.ts';
import { periodOf, previousPeriod, type Period } from '../../../domain/time/period.ts';
import { closingsOf } from '../../figures/closings.ts';
import type { AsOf, SumQuestion } from '../../ports/ledger.ts';
import type { ViewParts } from './view-parts.ts';

export type MonthBefore = NonNullable<Attainment['before']>;

export function createMonthBefore({
  reads,
  sums,
  calendar,
  clock,
}: Pick<ViewParts, 'reads' | 'sums' | 'calendar' | 'clock'>): () => Promise<MonthBefore> {
  /** What a period closed with never changes, so it is asked once. */
  let closed: { readonly key: string; readonly net: number | null } | undefined;

  const netOf = async (period: Period, cut: AsOf): Promise<number | null> => {
    const question: SumQuestion = { ask: 'sums', family: 'sales', unit: 'day', from: period.from, to: period.to, where: [], by: [], cut };
    const [row] = (await sums.sums([question]))[0] ?? [];
    const [paid = 0, refunded = 0] = row?.measures ?? [];
    return fitting(minus(paid, refunded));
  };

  return async () => {
    const book = await closingsOf(reads, calendar);
    const now = clock.now();
    const month = previousPeriod(periodOf('month', calendar.dayOf(now)));
    const state = book.stateOf(month, now);
    const closedAt = book.closedAt(month, now);
    if (closedAt === undefined) return { period: month.name, state, difference: null };
    const key = `${month.name} ${closedAt}`;
    if (closed?.key !== key) closed = { key, net: await netOf(month, { asOf: now, knownAt: closedAt }) };
    const net = await netOf(month, { asOf: now });
    const difference = net === null || closed.net === null ? null : net - closed.net;
    return { period: month.name, state: difference === 0 || difference === null ? state : 'restated', difference };
  };
}
