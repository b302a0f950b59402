/**
 * The days of the quarter before the demo began. Order by order they would be half a
 * million records, so each day comes as the settlements of its channels: few, large
 * orders that carry the day's sales and the season's growth, and a few new customers.
 */
import type { EventData } from '../../../shared/events/registry.ts';
import { attributedCampaign, campaignLift } from './campaigns.ts';
import { channels, DAY_PLAN, products, regions, type Product } from './catalogue.ts';
import { randomFor, type Random } from './random.ts';
import { weekdayFactor } from './rhythm.ts';
import { MINUTE_MS, type DemoEvent, type DemoWorld } from './world.ts';

const SETTLEMENTS_PER_DAY = 60;
/** Share of the plan that past days reached, without campaigns. */
const LEVEL = 0.95;
const totalWeight = products.reduce((sum, p) => sum + p.weight * p.price, 0);

/** One business day of sales, refunds included. */
export function settledDay(world: DemoWorld, day: number): DemoEvent[] {
  const random = randomFor(world.seed, 'settled', day);
  const sales = DAY_PLAN * LEVEL * weekdayFactor(day) * (1 + campaignLift(world, day)) * (0.94 + 0.12 * random.next());
  return Array.from({ length: SETTLEMENTS_PER_DAY }, (_, i) => settlement(world, random, day, i, sales / SETTLEMENTS_PER_DAY)).flat();
}

function settlement(world: DemoWorld, random: Random, day: number, index: number, share: number): DemoEvent[] {
  // Between eight in the morning and ten at night.
  const at = world.calendar.startOfDay(day) + (480 + random.between(0, 839)) * MINUTE_MS;
  const channel = random.weighted(channels).name;
  const campaignId = attributedCampaign(world, random, day, channel);
  const orderId = `DS-${world.calendar.formatDay(day).replaceAll('-', '')}-${index}`;
  const amount = share * (0.6 + 0.8 * random.next());
  const data: EventData<'sales.order.paid'> = {
    orderId,
    version: 1,
    // Every second one is a customer seen for the first time; the others come back.
    buyerId: index % 2 === 0 ? `B-${day}-${index}` : `B-${random.between(1, 400)}`,
    ...(campaignId ? { campaignId } : {}),
    channel,
    region: random.weighted(regions).name,
    lines: products.map((p) => line(p, amount)),
  };
  const events: DemoEvent[] = [
    { at, event: { type: 'sales.order.paid', id: `${orderId}-paid`, source: '/demo/settlement', occurredAt: at, data } },
  ];
  if (random.chance(0.3)) events.push(refund(data, at + 180 * MINUTE_MS, random));
  return events;
}

/** A product's part of an amount, in whole pieces. */
function line(p: Product, amount: number): EventData<'sales.order.paid'>['lines'][number] {
  const quantity = Math.max(1, Math.round((amount * p.weight) / totalWeight));
  return { sku: p.sku, category: p.category, core: p.core, quantity, amount: quantity * p.price, cost: quantity * p.cost };
}

function refund(order: EventData<'sales.order.paid'>, at: number, random: Random): DemoEvent {
  const of = random.pick(order.lines);
  const amount = Math.round(of.amount * (0.1 + 0.3 * random.next()));
  const data = { refundId: `RF-${order.orderId}`, orderId: order.orderId, version: 1, amount, lines: [{ sku: of.sku, amount }] };
  return { at, event: { type: 'sales.order.refunded', id: data.refundId, source: '/demo/settlement', occurredAt: at, data } };
}
