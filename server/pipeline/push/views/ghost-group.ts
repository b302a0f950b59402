/**
 * The like day behind today's hours, and its sales at the same elapsed time (R27): the same day of the node a year earlier,
 * else the last like weekday, else yesterday; the first of them on which anything was sold.
 */
import type { Ghost } from '../../../../shared/wire/views/overview.ts';
import { fitting, minus } from '../../../domain/kpis/figures.ts';
import { ghostDays } from '../../../domain/projection/ghost-days.ts';
import { baseAsOf } from '../../../domain/time/base-period.ts';
import { periodOf, type Period } from '../../../domain/time/period.ts';
import type { SumQuestion, SumRow } from '../../ports/ledger.ts';
import type { ViewParts } from './view-parts.ts';

/** The ledger is asked, not memory: once in so long. */
const EVERY_MS = 60_000;

export function createGhostGroup({ reads, sums, nodesOf, calendar, clock }: ViewParts): () => Promise<Ghost | null> {
  let last: { readonly key: string; readonly ghost: Ghost | null } | undefined;

  const sales = ({ from, to }: Period, asOf: number, unit: 'hour' | 'day'): SumQuestion => ({
    ...{ ask: 'sums', family: 'sales', where: [], by: [], cut: { asOf } },
    ...(unit === 'day' ? { unit, from, to } : { unit, from: from * 24, to: to * 24, perBucket: true }),
  });

  async function ghostOf(today: Period, minute: number): Promise<Ghost | null> {
    const { holidays } = await reads.policies();
    for (const { day, kind, node } of ghostDays(nodesOf(holidays), today.from)) {
      const base = periodOf('day', day);
      const toNow = baseAsOf(calendar, today, base, Math.max(minute, calendar.startOfDay(today.from)));
      if (toNow === undefined) return null;
      // The whole day as it stood when it ended: today's hours have no later cancellations either.
      const [hours = [], [sofar] = []] = await sums.sums([
        sales(base, calendar.startOfDay(base.to) - 1, 'hour'),
        sales(base, toNow, 'day'),
      ]);
      if (hours.length === 0) continue;
      const byHour = new Map(hours.map((row) => [row.bucket, netOf(row)]));
      return {
        ...{ day: base.name, kind, node },
        hours: Array.from({ length: 24 }, (_, hour) => byHour.get(day * 24 + hour) ?? 0),
        net: sofar ? netOf(sofar) : 0,
      };
    }
    return null;
  }

  return async () => {
    const now = clock.now();
    const today = periodOf('day', calendar.dayOf(now));
    const minute = Math.floor(now / EVERY_MS) * EVERY_MS;
    const key = `${today.name} ${minute}`;
    if (last?.key !== key) last = { key, ghost: await ghostOf(today, minute) };
    return last.ghost;
  };
}

const netOf = ({ measures: [paid = 0, refunded = 0] }: SumRow): number | null => fitting(minus(paid, refunded));
