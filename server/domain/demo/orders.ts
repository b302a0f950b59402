/**
 * Orders minute by minute, and what becomes of them. An order's fate is part of the
 * order, so the minute of a refund is made by looking at the minute of its order.
 */
import type { EventData } from '../../../shared/events/registry.ts';
import { attributedCampaign } from './campaigns.ts';
import { channels, GIFT_BOX, ORDERS_PER_DAY, products, regions } from './catalogue.ts';
import { kept } from './kept.ts';
import { randomFor, type Random } from './random.ts';
import { dayFactor, hourFactor } from './rhythm.ts';
import { firstDayOf, MINUTE_MS, type DemoEvent, type DemoWorld } from './world.ts';

const SOURCE = '/demo/shop';
const MINUTES_PER_DAY = 1_440;
/** Buyers who come back; the others are seen once. */
const KNOWN_BUYERS = 24_000;

/** Minutes from an order to what happens to it, with the share of orders it happens to. */
const fates = [
  { fate: 'cancelled', afterMinutes: 9, share: 0.012 },
  { fate: 'part_refunded', afterMinutes: 47, share: 0.014 },
  { fate: 'refunded', afterMinutes: 190, share: 0.018 },
] as const;
type Fate = (typeof fates)[number]['fate'] | 'kept';

/** More than lie between an order and the last of its fates. */
const MINUTES_KEPT = 256;

interface DemoOrder {
  readonly at: number;
  readonly data: EventData<'sales.order.paid'>;
  readonly fate: Fate;
}

/** Orders paid within a minute (UTC minute number), in order of payment. */
const ordersOf = kept(MINUTES_KEPT, (world, minute): readonly DemoOrder[] => {
  const start = minute * MINUTE_MS;
  const day = world.calendar.dayOf(start);
  if (day < firstDayOf(world)) return [];
  const random = randomFor(world.seed, 'orders', minute);
  const mean = (ORDERS_PER_DAY / MINUTES_PER_DAY) * hourFactor(world, start) * dayFactor(world, day);
  const orders = Array.from({ length: random.count(mean) }, (_, i) => order(world, random, minute, i));
  return orders.sort((a, b) => a.at - b.at);
});

function order(world: DemoWorld, random: Random, minute: number, index: number): DemoOrder {
  const at = minute * MINUTE_MS + random.between(0, MINUTE_MS - 1);
  const day = world.calendar.dayOf(at);
  const channel = random.weighted(channels).name;
  const campaign = attributedCampaign(world, random, day, channel);
  const buyerId = random.chance(0.62) ? `B-${random.between(1, KNOWN_BUYERS)}` : `B-${minute.toString(36)}-${index}`;
  return {
    at,
    fate: fateOf(random),
    data: {
      orderId: `SO-${world.calendar.formatDay(day).replaceAll('-', '')}-${minute.toString(36)}-${index}`,
      version: 1,
      buyerId,
      ...(campaign ? { campaignId: campaign.plan.campaignId } : {}),
      channel,
      region: random.weighted(regions).name,
      lines: [...lines(random), ...(campaign && random.chance(campaign.gifts) ? [giftBox] : [])],
    },
  };
}

function lines(random: Random): EventData<'sales.order.paid'>['lines'] {
  const chosen = new Set([random.weighted(products)]);
  while (chosen.size < 3 && random.chance(0.28)) chosen.add(random.weighted(products));
  return [...chosen].map((p) => {
    const quantity = random.between(1, p.most);
    // Coupons: some pay less, nobody pays more.
    const price = random.chance(0.3) ? Math.round(p.price * (0.86 + 0.12 * random.next())) : p.price;
    return { sku: p.sku, category: p.category, core: p.core, quantity, amount: price * quantity, cost: p.cost * quantity };
  });
}

const { price, ...gift } = GIFT_BOX;
const giftBox = { ...gift, quantity: 1, amount: price };

function fateOf(random: Random): Fate {
  let left = random.next();
  for (const f of fates) if ((left -= f.share) < 0) return f.fate;
  return 'kept';
}

/** Orders paid within a minute and all that becomes of them, which may be hours later: each order is made once. */
export function ordersWithFates(world: DemoWorld, minute: number): DemoEvent[] {
  return ordersOf(world, minute).flatMap((order) => {
    const paid = envelope(order.at, 'sales.order.paid', `${order.data.orderId}-paid`, order.data);
    const fate = fates.find((known) => known.fate === order.fate);
    return fate ? [paid, outcome(order, order.at + fate.afterMinutes * MINUTE_MS)] : [paid];
  });
}

/** Everything about orders that comes in within a minute. */
export function orderEvents(world: DemoWorld, minute: number): DemoEvent[] {
  const paid = ordersOf(world, minute).map(({ at, data }) => envelope(at, 'sales.order.paid', `${data.orderId}-paid`, data));
  const later = fates.flatMap(({ fate, afterMinutes }) =>
    ordersOf(world, minute - afterMinutes)
      .filter((o) => o.fate === fate)
      .map((o) => outcome(o, o.at + afterMinutes * MINUTE_MS)),
  );
  return [...paid, ...later];
}

function outcome({ data, fate }: DemoOrder, at: number): DemoEvent {
  const { orderId } = data;
  if (fate === 'cancelled') {
    return envelope(at, 'sales.order.cancelled', `${orderId}-cancelled`, { orderId, version: 2, reason: '买家取消' });
  }
  const given = fate === 'refunded' ? data.lines : data.lines.slice(0, 1);
  const refund = {
    refundId: `RF-${orderId}`,
    orderId,
    version: 1,
    amount: given.reduce((sum, line) => sum + line.amount, 0),
    lines: given.map(({ sku, amount }) => ({ sku, amount })),
    reason: fate === 'refunded' ? '七天无理由' : '包装破损',
  };
  return envelope(at, 'sales.order.refunded', `${orderId}-refunded`, refund);
}

function envelope<T extends 'sales.order.paid' | 'sales.order.cancelled' | 'sales.order.refunded'>(
  at: number,
  type: T,
  id: string,
  data: EventData<T>,
): DemoEvent {
  return { at, event: { type, id, source: SOURCE, occurredAt: at, data } as DemoEvent['event'] };
}
