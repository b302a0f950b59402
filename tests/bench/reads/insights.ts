/**
 * What a figure is made of, why it changed and its course, of a month of a million orders: first pages of explanations of
 * different cells, changes since the day before and since the last commit, series of ninety days. Each answer is held against
 * the figure itself and against what is known of the orders.
 */
import type { KpiChange } from '../../../shared/kpi/change.ts';
import type { KpiExplanation } from '../../../shared/kpi/explain.ts';
import type { KpiSeries } from '../../../shared/kpi/series.ts';
import { DAY_MS } from '../../../server/domain/time/calendar.ts';
import { quantile } from '../statistics.ts';
import { BATCH, filledRoom, PRICE, type FilledRoom } from './filled-room.ts';
import { kpi } from './server-side.ts';
import { ORDER } from './years.ts';

export interface InsightsReport {
  readonly explain: Timed;
  readonly change: Timed;
  readonly series: Timed;
  readonly wrong: readonly string[];
}
export interface Timed {
  /** The first answer of each kind is told apart: it warms what stays warm. */
  readonly first: number;
  readonly p95: number;
  readonly slowest: string;
}

const explained = [
  ['net_sales', 'value'],
  ['core_share', 'numerator'],
  ['order_value', 'denominator'],
  ['buyer_value', 'numerator'],
  ['buyer_value', 'denominator'],
  ['new_customers', 'value'],
  ['repeat_order_share', 'denominator'],
] as const;
const changed = ['net_sales', 'order_value', 'core_share', 'buyer_value', 'new_customers'];
const followed = ['net_sales', 'order_value', 'core_share', 'buyer_value', 'new_customers', 'net_sentiment'];
const PAGE = 50;
const CHANNELS = 7;
const DAYS = 90;

export async function benchInsights(options: { readonly orders: number; readonly tries: number }): Promise<InsightsReport> {
  const filled = await filledRoom(options.orders);
  const wrong: string[] = [];
  const hold = (what: string, found: unknown, expected: unknown): void => {
    if (found !== expected) wrong.push(`${what} is ${String(found)}, not ${String(expected)}`);
  };
  try {
    const explain = await explanations(filled, options.tries, hold);
    const change = await changes(filled, options.tries, hold);
    const series = await courses(filled, options.tries, hold);
    return { explain, change, series, wrong };
  } finally {
    await filled.room.dispose();
  }
}

type Hold = (what: string, found: unknown, expected: unknown) => void;

function stopwatch() {
  const times: { readonly what: string; readonly ms: number }[] = [];
  const firsts: number[] = [];
  return {
    async time<T>(what: string, isFirst: boolean, work: () => Promise<T>): Promise<T> {
      const from = performance.now();
      const answer = await work();
      const ms = performance.now() - from;
      if (isFirst) firsts.push(ms);
      else times.push({ what, ms });
      return answer;
    },
    told(): Timed {
      const [slowest] = times.toSorted((a, b) => b.ms - a.ms);
      const p95 = quantile(
        times.map(({ ms }) => ms),
        0.95,
      );
      return { first: Math.max(...firsts), p95, slowest: slowest ? `${slowest.what} ${slowest.ms.toFixed(0)} ms` : '' };
    },
  };
}

async function explanations({ room, month, months }: FilledRoom, tries: number, hold: Hold): Promise<Timed> {
  const watch = stopwatch();
  for (const [id, part] of explained) {
    for (let n = 0; n <= tries; n++) {
      const cell = n % (CHANNELS + 1);
      const where = cell === 0 ? '' : `&where=channel:${encodeURIComponent(`渠道${String(cell - 1)}`)}`;
      const what = `${id} ${part}${cell === 0 ? '' : ` of channel ${String(cell)}`}`;
      const route = `/api/kpis/explain?grain=month&period=${month}&kpi=${id}&part=${part}${where}`;
      const found = await watch.time(what, n === 0, () => room.get<KpiExplanation>(route));
      hold(`the sum of ${what}`, found.sum, found.value[part]);
      hold(`the page of ${what}`, found.rows.length, PAGE);
      if (id === 'net_sales' && cell === 0) {
        hold(what, found.sum, months.get(month));
        hold(`the orders of ${what}`, found.count * ORDER, months.get(month));
        hold(
          `each order of ${what}`,
          found.rows.every(({ amount }) => amount === ORDER),
          true,
        );
      }
    }
  }
  return watch.told();
}

async function changes({ room, month, commit }: FilledRoom, tries: number, hold: Hold): Promise<Timed> {
  const watch = stopwatch();
  const instant = (at: number): string => encodeURIComponent(new Date(at).toISOString());
  const change = (id: string, from: number, isFirst: boolean): Promise<KpiChange> => {
    const route = `/api/kpis/change?grain=month&period=${month}&kpi=${id}&from=${instant(from)}&to=${instant(Date.now())}`;
    return watch.time(id, isFirst, () => room.get<KpiChange>(route));
  };
  for (let n = 0; n <= tries; n++) {
    const before = Date.now();
    await commit();
    for (const id of changed) {
      const since = await change(id, before, n === 0);
      if (id === 'net_sales') hold('what the last commit changed', since.difference, BATCH * PRICE);
      const dayBefore = before - 2 * DAY_MS - n * 60_000;
      const found = await change(id, dayBefore, n === 0);
      const { values } = await kpi(room, `grain=month&period=${month}&kpi=${id}&knownAt=${instant(dayBefore)}`);
      hold(`${id} of the days before`, found.from.value, values[0]?.value);
    }
  }
  return watch.told();
}

async function courses({ room, months }: FilledRoom, tries: number, hold: Hold): Promise<Timed> {
  const watch = stopwatch();
  const day = (before: number): string => new Date(Date.now() - before * DAY_MS).toISOString().slice(0, 10);
  const all = [...months.values()].reduce((sum, net) => sum + net, 0) + (tries + 1) * BATCH * PRICE;
  for (const id of followed) {
    for (let n = 0; n <= tries; n++) {
      const route = `/api/kpis/series?every=day&kpi=${id}&from=${day(DAYS - 2)}&to=${day(-1)}`;
      const found = await watch.time(id, n === 0, () => room.get<KpiSeries>(route));
      hold(`the days of ${id}`, found.buckets.length, DAYS);
      const sum = found.buckets.reduce((total, { values }) => total + (values[0]?.value ?? 0), 0);
      if (id === 'net_sales') hold('net sales of ninety days', sum, all);
    }
  }
  return watch.told();
}
