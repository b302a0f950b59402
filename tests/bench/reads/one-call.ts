/**
 * Forty figures of a month in one call: asked for the first time since the start, after each of many commits of orders of that
 * month, about earlier moments, and again when nothing has changed since. After each commit the figures must have grown by
 * what was committed.
 */
import { quantile } from '../statistics.ts';
import { BATCH, filledRoom, PRICE } from './filled-room.ts';
import { kpi, pause } from './server-side.ts';

export interface OneCallReport {
  readonly figures: number;
  /** The first call since the start, ms. */
  readonly first: number;
  /** After a commit that touches the month. */
  readonly coldP95: number;
  /** About another moment, with no commit in between. */
  readonly momentP95: number;
  readonly warmP95: number;
  readonly wrong: readonly string[];
}

export async function benchOneCall(options: { readonly orders: number; readonly tries: number }): Promise<OneCallReport> {
  const { room, month, commit } = await filledRoom(options.orders);
  try {
    const ask = (more = '') => kpi(room, `grain=month&period=${month}${more}`);
    const [cold, moments, warm]: [number[], number[], number[]] = [[], [], []];
    const wrong: string[] = [];
    const first = await ask();
    let sales = netSales(first);
    for (let n = 0; n < options.tries; n++) {
      await commit();
      const { ms, values } = await ask();
      cold.push(ms);
      sales += BATCH * PRICE;
      if (netSales({ values }) !== sales)
        wrong.push(`net sales after commit ${String(n)} are ${String(netSales({ values }))}, not ${String(sales)}`);
    }
    for (let n = 0; n < options.tries; n++) {
      const moment = encodeURIComponent(new Date(Date.now() - (n + 1) * 60_000).toISOString());
      moments.push((await ask(`&asOf=${moment}`)).ms);
      await pause(50);
    }
    await ask();
    for (let n = 0; n < 5 * options.tries; n++) warm.push((await ask()).ms);
    const p95 = (times: readonly number[]) => quantile(times, 0.95);
    return { figures: first.values.length, first: first.ms, coldP95: p95(cold), momentP95: p95(moments), warmP95: p95(warm), wrong };
  } finally {
    await room.dispose();
  }
}

function netSales({ values }: { readonly values: readonly { readonly kpi: string; readonly value: number | null }[] }): number {
  return values.find(({ kpi: id }) => id === 'net_sales')?.value ?? Number.NaN;
}
