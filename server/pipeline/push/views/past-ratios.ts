/**
 * What landings learn from: actual ÷ plan over the rest of like past periods (R24).
 * The past hardly moves while the wall asks ten times a second, so each figure is kept a minute.
 */
import { ENOUGH_PAST } from '../../../domain/targets/plan.ts';
import { remainder } from '../../../domain/targets/remainder.ts';
import { likePeriods, type Period } from '../../../domain/time/period.ts';
import type { ViewParts } from './view-parts.ts';
import { netOfHours } from './hourly-sales.ts';

const KEEP_MS = 60_000;

/** `planOf`: plan of a past period in minor units; null or 0 = nothing to learn from it. */
export type PastRatios = (period: Period, elapsed: number, planOf: (past: Period) => number | null) => Promise<readonly number[]>;

export function createPastRatios({ reads, calendar, clock }: ViewParts): PastRatios {
  const kept = new Map<string, { readonly at: number; readonly net: Promise<number> }>();

  function netOf(from: number, to: number): Promise<number> {
    const key = `${from} ${to}`;
    const now = clock.monotonic();
    const found = kept.get(key);
    if (found && now - found.at < KEEP_MS) return found.net;
    for (const [other, { at }] of kept) if (now - at >= KEEP_MS) kept.delete(other);
    const net = netOfHours(reads, from, to);
    kept.set(key, { at: now, net });
    net.catch(() => kept.delete(key));
    return net;
  }

  return async (period, elapsed, planOf) => {
    if (elapsed >= 1) return [];
    const planned = likePeriods(period).flatMap((past) => {
      const plan = planOf(past) ?? 0;
      return plan === 0 ? [] : [{ plan, rest: remainder(calendar, past, elapsed) }];
    });
    if (planned.length < ENOUGH_PAST) return [];
    return Promise.all(
      planned.map(async ({ plan, rest }) => {
        const scale = rest.unit === 'day' ? 24 : 1;
        return (await netOf(rest.from * scale, rest.to * scale)) / (plan * rest.planShare);
      }),
    );
  };
}
