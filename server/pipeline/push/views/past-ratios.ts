/**
 * What landings learn from: actual ÷ plan over the rest of like past periods (R24).
 * The past hardly moves while the wall asks ten times a second, so each figure is kept a minute.
 */
import { ENOUGH_PAST } from '../../../domain/targets/plan.ts';
import { learntRatio, remainder } from '../../../domain/targets/remainder.ts';
import { likePeriods, type Period } from '../../../domain/time/period.ts';
import type { ViewParts } from './view-parts.ts';
import { salesOfHours, type PastSales } from './hourly-sales.ts';

const KEEP_MS = 60_000;

/** `planOf`: plan of a past period in minor units; null or 0 = nothing to learn from it. */
export type PastRatios = (period: Period, elapsed: number, planOf: (past: Period) => number | null) => Promise<readonly number[]>;

export function createPastRatios({ reads, calendar, clock }: ViewParts): PastRatios {
  const kept = new Map<string, { readonly at: number; readonly sales: Promise<PastSales> }>();

  function salesOf(from: number, to: number): Promise<PastSales> {
    const key = `${from} ${to}`;
    const now = clock.monotonic();
    const found = kept.get(key);
    if (found && now - found.at < KEEP_MS) return found.sales;
    for (const [other, { at }] of kept) if (now - at >= KEEP_MS) kept.delete(other);
    const sales = salesOfHours(reads, from, to);
    kept.set(key, { at: now, sales });
    sales.catch(() => kept.delete(key));
    return sales;
  }

  return async (period, elapsed, planOf) => {
    if (elapsed >= 1) return [];
    const planned = likePeriods(period).flatMap((past) => {
      const plan = planOf(past) ?? 0;
      return plan === 0 ? [] : [{ past, plan, rest: remainder(calendar, past, elapsed) }];
    });
    if (planned.length < ENOUGH_PAST) return [];
    const ratios = await Promise.all(
      planned.map(async ({ past, plan, rest }) => {
        const scale = rest.unit === 'day' ? 24 : 1;
        const [whole, left] = await Promise.all([salesOf(past.from * 24, past.to * 24), salesOf(rest.from * scale, rest.to * scale)]);
        return learntRatio({ plan, remaining: left.net, rest, hasData: whole.any });
      }),
    );
    return ratios.filter((ratio) => ratio !== undefined);
  };
}
