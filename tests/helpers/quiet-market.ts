/**
 * Days on which nothing happens, as a market has them: counts vary more than chance alone, amounts have a long tail, each
 * weekday and hour has its own level, days differ, sales grow slowly, days off are slack and nodes are busy.
 */
import type { Nodes } from '../../server/domain/nodes/nodes.ts';
import type { Random } from './random.ts';

export const STEPS = 288;
export const marketKpis = ['net_sales', 'orders', 'refunds', 'leads', 'negative_mentions'] as const;
export type MarketKpi = (typeof marketKpis)[number];
export type MarketDay = { readonly [K in MarketKpi]: readonly number[] };

const byHour = [24, 18, 12, 8, 7, 9, 16, 26, 42, 52, 55, 54, 50, 46, 44, 44, 45, 46, 50, 60, 72, 76, 62, 40];
const meanHour = byHour.reduce((a, b) => a + b, 0) / 24;
const byWeekday = [0.94, 0.92, 0.95, 0.97, 1.04, 1.12, 1.06];

/** Means of an hour of an ordinary day. */
export const ordinary = { orders: 600, refundShare: 0.08, leads: 120, negatives: 4 } as const;

/** Days from `from` to before `to`. */
export function quietDays(nodes: Nodes, from: number, to: number, random: Random): ReadonlyMap<number, MarketDay> {
  const level = (day: number) => Math.log(dayLevel(nodes, day, from));
  const moods = Array.from({ length: to - from + 2 }, () => ({ sales: normal(random) * 0.08, talk: normal(random) * 0.15 }));
  let drift = 0;
  return new Map(
    Array.from({ length: to - from }, (_, i) => {
      const day = from + i;
      const made: { [K in MarketKpi]: number[] } = { net_sales: [], orders: [], refunds: [], leads: [], negative_mentions: [] };
      for (let step = 0; step < STEPS; step += 1) {
        drift = drift * 0.95 + normal(random) * 0.008;
        const mood = (of: 'sales' | 'talk') => blended(moods[i]?.[of] ?? 0, moods[i + 1]?.[of] ?? 0, moods[i + 2]?.[of] ?? 0, step);
        const busy = blended(level(day - 1), level(day), level(day + 1), step) + mood('sales') + drift;
        const share = (shapeAt(step) * Math.exp(busy)) / 12;
        const orders = poisson(random, ordinary.orders * share * Math.exp(normal(random) * 0.05));
        const refunds = poisson(random, ordinary.orders * ordinary.refundShare * share);
        const refunded = amounts(random, refunds);
        made.orders.push(orders);
        made.refunds.push(refunded);
        made.net_sales.push(amounts(random, orders) - refunded);
        made.leads.push(poisson(random, ordinary.leads * share * Math.exp(normal(random) * 0.1)));
        made.negative_mentions.push(clusters(random, (ordinary.negatives * Math.exp(mood('talk')) * shapeAt(step)) / 12));
      }
      return [day, made] as const;
    }),
  );
}

/** One day passes into the next within two hours of midnight. */
function blended(before: number, now: number, after: number, step: number): number {
  const edge = 24;
  if (step < edge) return now + ((before - now) * (edge - step)) / (2 * edge);
  if (step >= STEPS - edge) return now + ((after - now) * (step - (STEPS - edge))) / (2 * edge);
  return now;
}

function dayLevel(nodes: Nodes, day: number, since: number): number {
  const growth = 1.15 ** ((day - since) / 365);
  const weekday = byWeekday[nodes.weekdayLike(day)] ?? 1;
  const slack = nodes.kindOf(day) === 'holiday' ? 0.75 : 1;
  const placed = nodes.nodeOf(day);
  const rush = placed === undefined ? 1 : placed.offset === 0 ? 3 : 1.3 + 0.02 * placed.offset;
  return growth * weekday * slack * rush;
}

/** Smooth between the hours. */
function shapeAt(step: number): number {
  const hour = (step + 0.5) / 12 - 0.5;
  const low = Math.floor(hour);
  const [a, b] = [byHour[(low + 24) % 24] ?? 0, byHour[(low + 25) % 24] ?? 0];
  return (a + (b - a) * (hour - low)) / meanHour;
}

/** Amounts of orders in minor units: a mean of ¥320 with a long tail. */
function amounts(random: Random, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += Math.round(32_000 * Math.exp(normal(random) * 0.7 - 0.245));
  return sum;
}

/** One complaint is often answered by another. */
function clusters(random: Random, mean: number): number {
  let count = poisson(random, mean / 1.25);
  for (let i = count; i > 0; i -= 1) while (random.chance(0.2)) count += 1;
  return count;
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export function poisson(random: Random, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}
